/** A text made to be slow to read: `make` gives about so many characters of it. */
export interface HostileText {
  readonly name: string;
  readonly make: (size: number) => string;
}

const HEAD = 'Does a thing\n\nUsage: tool [OPTIONS] [COMMAND]\n\n';
const below = (title: string, body: string): string => `${HEAD}${title}:\n${body}\n`;
const repeated = (line: string, size: number): string => line.repeat(Math.ceil(size / line.length)).slice(0, size);

/** Every line one column deeper than the one before, as deep as the size allows. */
function staircase(size: number, row: (depth: number) => string): string {
  const lines: string[] = [];
  for (let depth = 2, left = size; left > 0; depth += 1) {
    const line = `${' '.repeat(depth)}${row(depth)}`;
    lines.push(line);
    left -= line.length + 1;
  }
  return lines.join('\n');
}

/** No two rows alike, so that nothing is found twice. */
function unlike(size: number, row: (serial: number) => string): string {
  const lines: string[] = [];
  for (let serial = 0, left = size; left > 0; serial += 1) {
    const line = row(serial);
    lines.push(line);
    left -= line.length + 1;
  }
  return lines.join('\n');
}

/** The texts, each below a heading that makes a reader look at it. */
export const HOSTILE_TEXTS: readonly HostileText[] = [
  { name: 'one huge line', make: (size) => below('Options', `  -a, --all  ${'x'.repeat(size)}`) },
  { name: 'one huge line of words', make: (size) => below('Options', `  -a, --all  ${repeated('word ', size)}`) },
  { name: 'one huge row head', make: (size) => below('Options', `  ${repeated('-a, --all <V>, ', size)}`) },
  { name: 'one huge usage', make: (size) => `Usage: tool ${repeated('[--flag <VALUE>] ', size)}\n` },
  { name: 'brackets that never close', make: (size) => below('Options', `  --all  ${repeated('[<({', size)}`) },
  { name: 'lines of 100,000 dashes', make: (size) => below('Options', repeated(`${'-'.repeat(100_000)}\n`, size)) },
  { name: 'rows of dashes', make: (size) => below('Options', repeated('  --\n  -\n  ---\n  -- - --\n', size)) },
  {
    name: 'indentation without end',
    make: (size) =>
      below(
        'Options',
        staircase(size, (n) => `--deep-${n} <V>`),
      ),
  },
  {
    name: 'steps in and out',
    make: (size) =>
      below(
        'Commands',
        unlike(size, (n) => `${' '.repeat(2 + ((n * 7) % 60))}word-${n}  About`),
      ),
  },
  {
    name: 'rows nobody explains',
    make: (size) =>
      below(
        'Commands',
        unlike(size, (n) => `  <${n}> %  (no command)`),
      ),
  },
  {
    name: 'nested commands without end',
    make: (size) =>
      below(
        'Commands',
        staircase(size, (n) => `deep-${n}  About`),
      ),
  },
  {
    name: 'flags without end',
    make: (size) =>
      below(
        'Options',
        unlike(size, (n) => `      --flag-${n} <V>  About`),
      ),
  },
  {
    name: 'arguments without end',
    make: (size) =>
      below(
        'Arguments',
        unlike(size, (n) => `  [ARG_${n}]  About`),
      ),
  },
  {
    name: 'commands without end',
    make: (size) =>
      below(
        'Commands',
        unlike(size, (n) => `  word-${n}  About`),
      ),
  },
  { name: 'one command again and again', make: (size) => below('Commands', repeated('  same  About\n', size)) },
  {
    name: 'usages without end',
    make: (size) => `Usage: tool\n${unlike(size, (n) => `       tool [-${n}] <ARG_${n}>`)}`,
  },
  {
    name: 'choices without end',
    make: (size) => below('Options', `  --all <V>  [possible values: ${repeated('a, ', size)}`),
  },
  {
    name: 'wrapped prose without end',
    make: (size) => below('Options', `  --all  x\n${repeated('         more words\n', size)}`),
  },
  { name: 'blank lines without end', make: (size) => below('Options', `  --all  x${'\n'.repeat(size)}  --last`) },
  { name: 'escapes that never end', make: (size) => below('Options', repeated('\u001b[1;\u001b]8;;', size)) },
  { name: 'overstrikes without end', make: (size) => below('Options', `  -${repeated('a\b', size)}`) },
  { name: 'tabs without end', make: (size) => below('Options', repeated('\t-a\t', size)) },
  { name: 'headings without end', make: (size) => `${HEAD}${repeated('Options:\n  -a  b\n\n', size)}` },
];
