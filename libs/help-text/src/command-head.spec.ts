import { describe, expect, it } from '@jest/globals';
import { isOwnUsage, readCommandHead } from './command-head.js';

describe('readCommandHead', () => {
  const heads: Record<string, string> = {
    exec: 'exec',
    'berth:': 'berth',
    'buildx*': 'buildx',
    'build, b': 'build b',
    'plugin|plugins [options]': 'plugin plugins',
    'checkout (co)': 'checkout co',
    'apps:create': 'apps:create',
    'run [message..]': 'run',
    'prog mcp add <name>': 'add',
    'mcp add <name>': 'add',
    'help PATTERN...|PID...': 'help',
  };
  for (const [text, names] of Object.entries(heads)) {
    it(text, () => {
      const read = readCommandHead(text, ['prog', 'mcp']);
      expect([read?.name, ...(read?.aliases ?? [])].join(' ')).toBe(names);
      expect(read?.isNested).toBe(false);
    });
  }

  it('takes the first word of a nested command', () => {
    expect(readCommandHead('auth login', ['prog'])).toEqual({ name: 'auth', aliases: [], isNested: true });
  });

  for (const text of ['', '!bang', '...', '<name>', '--flag', 'see the manual page for more of it']) {
    it(`${JSON.stringify(text)} is no command`, () => {
      expect(readCommandHead(text, [])).toBeUndefined();
    });
  }

  it('knows a row that calls the program itself', () => {
    expect(isOwnUsage('prog [project]', ['prog'])).toBe(true);
    expect(isOwnUsage('prog run', ['prog'])).toBe(false);
  });
});
