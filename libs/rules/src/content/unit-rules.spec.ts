import { describe, expect, it } from '@jest/globals';
import type { Command, Flag } from '@cliparity/model';
import { unitFindings } from './unit-rules.js';

const flag = (key: string, short?: string): Flag => ({
  key,
  long: key,
  takes_value: false,
  ...(short !== undefined && { short }),
});
const root = (more: Partial<Command>): Command => ({ path: [], ...more });
const codes = (...commands: readonly Command[]) =>
  unitFindings({ file: 'f', commands, isUnion: false }).map(({ code, unit }) => `${code} ${unit ?? ''}`.trim());

describe('units of a file', () => {
  it.each<[string, readonly Command[], readonly string[]]>([
    ['in order', [root({ flags: [flag('--a'), flag('--b')], args: [] }), { path: ['x'] }], []],
    ['no root', [{ path: ['x'] }], ['ROOT_COMMAND_MISSING']],
    [
      'one flag twice, told apart by its short spelling',
      [root({ flags: [flag('--a', '-a'), flag('--a', '-b')] })],
      ['UNIT_DUPLICATE flag:/--a'],
    ],
    ['flags out of order', [root({ flags: [flag('--b'), flag('--a')] })], ['UNITS_NOT_SORTED flag:/--a']],
    [
      'an argument twice',
      [root({ args: ['A', 'A'].map((name) => ({ name, required: true, variadic: false })) })],
      ['UNIT_DUPLICATE arg:/A'],
    ],
    ['words that look like another path', [root({}), { path: ['a', 'b'] }, { path: ['a b'] }], []],
  ])('%s', (_, commands, found) => expect(codes(...commands)).toEqual(found));
});
