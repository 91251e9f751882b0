import { describe, expect, it } from '@jest/globals';
import type { RootContext } from '../base/root-context.js';
import { filledCommand, secretsOf, testCommandOf, testEnvironment } from './test-command.js';

const under = { binary: '/store/codex', version: '1.0.0', target: 'linux-x64' };
const rootWith = (wrapper: object | undefined): RootContext =>
  ({
    name: 'codex',
    manifest: { wrapper },
    layout: {},
    ref: () => ({ name: 'codex/cliparity.json' }),
  }) as unknown as RootContext;

describe('the test command', () => {
  it('is what was typed, else what the manifest says', () => {
    const root = rootWith({ name: 'w', test: ['npm', 'test'] });
    expect(testCommandOf(root, [])).toEqual(['npm', 'test']);
    expect(testCommandOf(root, ['make'])).toEqual(['make']);
  });
  it.each([[undefined], [{ name: 'w' }], [{ name: 'w', test: [] }]])('is asked for when there is none: %j', (wrapper) =>
    expect(() => testCommandOf(rootWith(wrapper), [])).toThrow('nothing says how the wrapper of codex is tested'),
  );
  it('has its placeholders filled in, and no other braces', () => {
    const command = ['{binary}', '--at={version}/{target}', '{}', '{other}', '{"version":1}', '{binary}{binary}'];
    const filled = [
      '/store/codex',
      '--at=1.0.0/linux-x64',
      '{}',
      '{other}',
      '{"version":1}',
      '/store/codex/store/codex',
    ];
    expect(filledCommand(command, under)).toEqual(filled);
  });
  it('takes a value as it stands, whatever it looks like', () => {
    expect(filledCommand(['{binary}'], { ...under, binary: '/a/$&/{version}' })).toEqual(['/a/$&/{version}']);
  });
  it('finds the same in its environment', () => {
    expect(testEnvironment(under)).toEqual({
      CLIPARITY_BINARY: '/store/codex',
      CLIPARITY_VERSION: '1.0.0',
      CLIPARITY_TARGET: 'linux-x64',
    });
  });
});

describe('secrets of an environment', () => {
  it.each(['NPM_TOKEN', 'github_token', 'CLIENT_SECRET', 'DB_PASSWORD', 'OPENAI_API_KEY', 'BASIC_AUTH'])(
    '%s is one',
    (name) => expect(secretsOf({ [name]: 'value-of-it' })).toEqual(['value-of-it']),
  );
  it.each([
    { PATH: '/bin' },
    { GIT_AUTHOR_NAME: 'somebody' },
    { KEYBOARD: 'us-intl' },
    { NPM_TOKEN: '' },
    { NPM_TOKEN: undefined },
    { MAX_TOKENS: '128000' },
  ])('%j has none', (env) => expect(secretsOf(env)).toEqual([]));
});
