import { describe, expect, it } from '@jest/globals';
import { maskArgv } from './observe-command.js';

const mask = (argv: string[], env: Record<string, string> = {}) =>
  maskArgv(argv, {
    env,
    places: [
      ['/home/me/work', '$CWD'],
      ['/home/me', '$HOME'],
    ],
  });

describe('maskArgv', () => {
  it.each([
    [
      ['--api-key', 'abc', '--json'],
      ['--api-key', '***', '--json'],
    ],
    [['--api-key=abc'], ['--api-key=***']],
    [
      ['--password=', 'x'],
      ['--password=***', 'x'],
    ],
    [
      ['--token', '--json'],
      ['--token', '--json'],
    ],
    [
      ['-c', 'a=b'],
      ['-c', 'a=b'],
    ],
    [['https://me:pw@host/x'], ['https://***@host/x']],
    [
      ['--cd', '/home/me/work/a:/home/me/b'],
      ['--cd', '$CWD/a:$HOME/b'],
    ],
    [[''], ['']],
  ])('%j', (argv, masked) => expect(mask(argv)).toEqual(masked));

  it('takes out the values of variables that are named like secrets, and of no others', () => {
    const env = { SOME_TOKEN: 'value-one', HOME_TOWN: 'value-two' };
    expect(mask(['say value-one, value-two'], env)).toEqual(['say ***, value-two']);
  });
});
