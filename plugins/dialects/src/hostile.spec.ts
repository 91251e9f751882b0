import { describe, expect, it } from '@jest/globals';
import clap from './clap/index.js';
import generic from './generic/index.js';

// Pages nobody would print. What is quadratic or recursive in the parser does not come back from them in time.
const SIZE = 400_000;
const repeat = (text: string): string => text.repeat(Math.floor(SIZE / text.length));
const numbered = (line: (at: number) => string): string =>
  Array.from({ length: SIZE / 20 }, (_, at) => line(at)).join('\n');

const pages: Record<string, string> = {
  'one huge description': `Options:\n  --a  ${repeat('x ')}`,
  'one huge word': `Usage: x\n\nOptions:\n  --${repeat('a')}`,
  'nothing but dashes': `Options:\n  ${repeat('-')}`,
  'rows of dashes': `Options:\n${repeat('  - - -\n')}`,
  'one flag again and again': `Options:\n${repeat('  --a b\n')}`,
  'heads that never end': `Options:\n${repeat('  -a,\n')}`,
  'tags that never end': `Options:\n  --a  b\n${repeat('  [string] [default:\n')}`,
  'titles without end': repeat('A b\n  c\n\n'),
  'ornaments without end': repeat('━━━ a ━━━\n\n'),
  'alternatives without end': `Usage: x ${repeat('<a|b> … ')}`,
  'dots without end': `Options:\n${repeat('  --a ........')}`,
  'many flags': `Usage: x\n\nOptions:\n${numbered((at) => `  --c${at}   about`)}`,
  'many commands': `Usage: x\n\nCommands:\n${numbered((at) => `  c${at}   about`)}`,
  'many arguments': `Usage: x\n\nArguments:\n${numbered((at) => `  <c${at}>   about`)}`,
  'many usage lines': `Usage:\n${repeat('  x <a> b\n')}`,
  'many headings': repeat('A:\n b\n'),
  'headings without end': repeat('Commands:\n'),
  'deep brackets in a usage': `Usage: x ${repeat('[')}`,
  'deep brackets in a head': `Options:\n  --x ${repeat('<[')}`,
  'openers of remarks': `Usage: x\n\nOptions:\n      --a  desc ${repeat('[default: [')}]`,
  'choices without end': `Usage: x\n\nOptions:\n      --a\n          Possible values:\n${repeat('          - a: b\n')}`,
  'unfinished escapes': repeat('\u001b]'),
  overstrikes: repeat('a\b'),
  tabs: repeat('\t'),
  'blank lines': repeat('\n'),
  stairs: `Options:\n${numbered((at) => `${' '.repeat(at % 90)}--c${at}`)}`,
};

describe('hostile pages', () => {
  for (const [name, text] of Object.entries(pages)) {
    it(name, () => {
      for (const dialect of [clap, generic]) {
        expect(dialect.detect({ text })).toBeLessThanOrEqual(1);
        expect(Array.isArray(dialect.parse({ text }).flags)).toBe(true);
      }
    });
  }

  it('says how much of an endless page was not read', () => {
    const text = 'x'.repeat(5_000_000);
    expect(generic.parse({ text }).unexplained).toEqual(['(805696 characters beyond the first 4194304 were not read)']);
  });
});
