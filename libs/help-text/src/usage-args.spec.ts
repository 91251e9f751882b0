import { describe, expect, it } from '@jest/globals';
import { argsFromUsage } from './usage-args.js';

const read = (usage: readonly string[], hasCommands = false, words: readonly string[] = ['prog']): string =>
  argsFromUsage(usage, { words, hasCommands, takesValue: (flag) => (flag === '--quiet' ? false : undefined) })
    .filter(({ isBare }) => isBare !== true)
    .map(({ name, required, variadic }) => `${name}${required ? '!' : ''}${variadic ? '*' : ''}`)
    .join(' ');

describe('argsFromUsage', () => {
  const lines: Record<string, string> = {
    'prog [OPTIONS] [PROMPT]': 'PROMPT',
    'prog [OPTION]... [FILE]...': 'FILE*',
    'prog <a> [b] [c...] <d>...': 'a! b c* d!*',
    'prog [OPTIONS] <NAME> (--url <URL> | -- <COMMAND>...)': 'NAME! COMMAND*',
    'prog --out <DIR> <SOURCE>': 'SOURCE!',
    'prog --quiet <SOURCE>': 'SOURCE!',
    'prog [-n N [N ...]] [--x {a,b}] [extra ...]': 'extra*',
    'prog [<options>] [--] <repo> [<dir>]': 'repo! dir',

    'prog SOURCE... DEST': 'SOURCE!* DEST!',
    'prog [global options] [arguments...]': 'arguments*',
    'prog [options] [entry points]': 'entry points',
    'prog <A> <A>': 'A!*',
    'prog [flags] snapshotID': 'snapshotID!',
    'prog [flags] [snapshot ID] [...]': 'snapshot ID*',
    'prog {<number> | <url>} [flags]': 'number|url!',
    'prog [<number> | <url>]': 'number|url',
    'prog <file|url> …': 'file|url!*',
    'prog [a|b ...]': 'a|b*',
    'prog [opts] [...files]': 'files*',
    'prog [option option=parameter ...] <source>': 'source!',
    'prog --out DIR [DIR ...] file': 'file!',
  };
  for (const [line, args] of Object.entries(lines)) {
    it(line, () => {
      expect(read([line])).toBe(args);
    });
  }

  it('leaves COMMAND and ARGS alone when the page lists commands', () => {
    const usage = ['prog [OPTIONS] [PROMPT]', 'prog [OPTIONS] <COMMAND> [ARGS]'];
    expect(read(usage, true)).toBe('PROMPT');
    expect(read(usage)).toBe('PROMPT COMMAND ARGS');
  });

  it('requires an argument only where all alternatives do', () => {
    expect(read(['prog <a> <b>', 'prog <a>', 'prog --version'])).toBe('a! b');
  });

  it('skips the words of the command', () => {
    expect(read(['prog run [message..]'], false, ['prog', 'run'])).toBe('message*');
    expect(read(['prog run [message..]'], false, [])).toBe('message*');
  });

  it('skips them when aliases stand beside them, at any depth', () => {
    expect(read(['prog put|p add|a [options] <what>'], false, ['prog', 'put', 'add'])).toBe('what!');
    expect(read(['prog put on|off'], false, ['prog', 'put'])).toBe('on|off!');
  });

  it('leaves out alternatives that call a listed command', () => {
    const context = { words: ['prog'], hasCommands: true, commands: new Set(['init']), takesValue: () => undefined };
    expect(argsFromUsage(['prog [spec..]', 'prog init <path>'], context)).toMatchObject([{ name: 'spec' }]);
  });

  it('takes bare words for commands where alternatives differ or the page has commands', () => {
    expect(read(['prog <x> list', 'prog <x> drop'])).toBe('x!');
    expect(read(['prog <x> list'], true)).toBe('x!');
  });

  it('survives any depth', () => {
    expect(read([`prog ${'['.repeat(5000)}x`])).toBe('');
  });
});
