import { describe, expect, it } from '@jest/globals';
import { readFlagHead } from './flag-head.js';

/** What each notation has to give: spellings, then the value's form. */
const heads: Record<string, readonly [string, object?]> = {
  '-c': ['-c'],
  '-c, --config <key=value>': ['-c --config', { arity: 'required', name: 'key=value' }],
  '--image <FILE>...': ['--image', { arity: 'required', name: 'FILE', variadic: true, repeatable: true }],
  '-v, --verbose...': ['-v --verbose', { arity: 'count', repeatable: true }],
  '--color[=WHEN]': ['--color', { arity: 'optional', name: 'WHEN' }],
  '--color [<WHEN>]': ['--color', { arity: 'optional', name: 'WHEN' }],
  '--when[=<WHEN>]': ['--when', { arity: 'optional', name: 'WHEN' }],
  '-x, --xx=VALUE': ['-x --xx', { arity: 'required', name: 'VALUE' }],
  '-x VALUE, --xx VALUE': ['-x --xx', { arity: 'required', name: 'VALUE' }],
  '-x{a,b}': ['-x', { arity: 'required', choices: ['a', 'b'] }],
  '--style {line,bar}': ['--style', { arity: 'required', choices: ['line', 'bar'] }],
  '--size [small|large]': ['--size', { arity: 'required', choices: ['small', 'large'] }],
  '--mode <a|b|c>': ['--mode', { arity: 'required', choices: ['a', 'b', 'c'] }],
  '--config <KEY=VALUE|PATH>': ['--config', { arity: 'required', name: 'KEY=VALUE|PATH' }],
  '-r, --resume [value]': ['-r --resume', { arity: 'optional', name: 'value' }],
  '--tools, --all-tools <tools...>': ['--tools --all-tools', { arity: 'required', name: 'tools', variadic: true }],
  '-n N [N ...]': ['-n', { arity: 'required', name: 'N', variadic: true }],
  '--tag [TAG ...]': ['--tag', { arity: 'optional', name: 'TAG', variadic: true }],
  '--pair <A> <B>': ['--pair', { arity: 'required', name: 'A B', variadic: true }],
  '--x string': ['--x', { arity: 'required', name: 'string' }],
  '--x strings': ['--x', { arity: 'required', name: 'strings', repeatable: true }],
  '-v, --verbose count': ['-v --verbose', { arity: 'count', repeatable: true }],
  '--wait duration[="5s"]': ['--wait', { arity: 'optional', name: 'duration' }],
  '-j [N], --jobs[=N]': ['-j --jobs', { arity: 'optional', name: 'N' }],
  '-h --help': ['-h --help'],
  '-h|--help': ['-h --help'],
  '-?, --help': ['-? --help'],
  '-#, --progress-bar': ['-# --progress-bar'],
  '-V,  --version': ['-V --version'],
  '-addr string': ['-addr', { arity: 'required', name: 'string' }],
  '-D<name>=<value>': ['-D', { arity: 'required', name: '<name>=<value>' }],
  '--outdir=...': ['--outdir', { arity: 'required' }],
  '--dry-run=false:': ['--dry-run', { arity: 'count', literal: 'false' }],
  "-f, --filename='x':": ['-f --filename', { arity: 'required', literal: 'x' }],
  '--check, --check=quiet': ['--check', { arity: 'optional', name: 'quiet' }],
  '-ru=, --rewrite=': ['-ru --rewrite', { arity: 'required' }],
  '--units=on|off': ['--units', { arity: 'required', choices: ['on', 'off'] }],
  '--out=path|url': ['--out', { arity: 'required', name: 'path|url' }],
  '--mode #0': ['--mode', { arity: 'required', name: '#0' }],
  '--tag string [ --tag string ]': ['--tag', { arity: 'required', name: 'string', repeatable: true }],
  '--chain string[]': ['--chain', { arity: 'required', name: 'string[]', variadic: true, repeatable: true }],
  '--[section-]headers': ['--headers --section-headers'],
};

describe('readFlagHead', () => {
  for (const [text, [spellings, value]] of Object.entries(heads)) {
    it(text, () => {
      const read = readFlagHead(text);
      expect(read?.spellings.join(' ')).toBe(spellings);
      expect(read?.value).toEqual(value);
      expect(read?.rest).toBe('');
    });
  }

  for (const text of ['--[no-]wait', '--wait, --no-wait', '--wait / --no-wait']) {
    it(`${text} can be negated`, () => {
      expect(readFlagHead(text)).toEqual({ spellings: ['--wait'], negatable: true, rest: '' });
    });
  }

  it('keeps a --no-x that stands alone as a flag of its own', () => {
    expect(readFlagHead('--no-color')).toEqual({ spellings: ['--no-color'], negatable: false, rest: '' });
  });

  it('leaves prose to the description', () => {
    expect(readFlagHead('-h show this message')).toMatchObject({ spellings: ['-h'], rest: 'show this message' });
    expect(readFlagHead('--rims.useIron Use `iron` here')).toMatchObject({ rest: 'Use `iron` here' });
    expect(readFlagHead('--file Name')).toMatchObject({ value: { name: 'Name' }, rest: '' });
    expect(readFlagHead('-o FILE write to it')).toMatchObject({ value: { name: 'FILE' }, rest: 'write to it' });
  });

  for (const text of ['', '-', '--', '---', '- bullet', '-- x', 'word', '-=x', '-, x']) {
    it(`${JSON.stringify(text)} is no flag`, () => {
      expect(readFlagHead(text)).toBeUndefined();
    });
  }
});
