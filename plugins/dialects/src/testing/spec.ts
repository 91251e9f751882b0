import fc from 'fast-check';

/** A value of a flag, as far as all renderers can print it. */
export interface ValueSpec {
  readonly name: string;
  readonly optional: boolean;
  readonly many: boolean;
  readonly choices: readonly string[];
  readonly default: string | undefined;
}
/** A flag; `short` is a letter without dash. */
export interface FlagSpec {
  readonly long: string;
  readonly short: string | undefined;
  readonly value: ValueSpec | undefined;
  readonly env: string | undefined;
  readonly about: string;
}
export interface ArgSpec {
  readonly name: string;
  readonly required: boolean;
  readonly many: boolean;
  readonly about: string;
}
export interface CommandSpec {
  readonly name: string;
  readonly alias: string | undefined;
  readonly about: string;
}
/** A command-line interface that the renderers turn into pages. */
export interface CliSpec {
  readonly about: string;
  readonly flags: readonly FlagSpec[];
  readonly args: readonly ArgSpec[];
  readonly commands: readonly CommandSpec[];
}

// Words that look like rows, headings and placeholders wherever a wrap puts them at the begin of a line.
const TRAPS = [
  '-c',
  '--flag',
  '--no-x=1',
  '-',
  '--',
  '-x,',
  'FILE',
  '<x>',
  '[y]',
  '(z)',
  'Options:',
  'Commands:',
  'a:',
  '...',
  '{b}',
];
const word = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z]{1,9}$/) },
  { weight: 1, arbitrary: fc.constantFrom(...TRAPS) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Z][a-z]{1,7}[.,]?$/) },
);
const text = fc
  .array(word, { minLength: 2, maxLength: 30 })
  .map((words) => words.join(' '))
  .filter((words) => !/^deprecated\b/i.test(words));
/** A page's own description stands at the margin, where a real heading would stand too; so it has no headings in it. */
const pageText = fc
  .array(fc.oneof(fc.stringMatching(/^[a-z]{1,9}$/), fc.constantFrom('-c', '--flag', 'FILE', '<x>')), {
    minLength: 3,
    maxLength: 25,
  })
  .map((words) => `About ${words.join(' ')}.`);

const name = fc.stringMatching(/^[a-z]{2,8}(-[a-z]{2,8}){0,2}$/).filter((long) => !/^(?:no|help|version)\b/.test(long));
const value = fc.record<ValueSpec>({
  name: fc.stringMatching(/^[a-z]{2,6}$/),
  optional: fc.boolean(),
  many: fc.boolean(),
  choices: fc.oneof(
    fc.constant([]),
    fc.uniqueArray(fc.stringMatching(/^[a-z]{2,6}(-[a-z]{2,4})?$/), { minLength: 2, maxLength: 5 }),
  ),
  default: fc.option(
    fc.stringMatching(/^[a-z0-9./]{1,8}$/).filter((literal) => !/^\.+$/.test(literal)),
    { nil: undefined },
  ),
});
const flag = fc.record<FlagSpec>({
  long: name,
  short: fc.option(fc.stringMatching(/^[a-gi-zA-U]$/), { nil: undefined }),
  value: fc.option(value, { nil: undefined }),
  env: fc.option(fc.stringMatching(/^[A-Z]{2,5}_[A-Z]{2,5}$/), { nil: undefined }),
  about: text,
});
const arg = fc.record<ArgSpec>({
  name: fc
    .stringMatching(/^[a-z]{3,8}$/)
    .filter((word) => !/^(?:options?|flags?|commands?|args?|subcommands?)$/.test(word)),
  required: fc.boolean(),
  many: fc.boolean(),
  about: text,
});
const command = fc.record<CommandSpec>({
  name: name.filter((word) => word !== 'prog'),
  alias: fc.option(fc.stringMatching(/^[a-z]{1,3}$/), { nil: undefined }),
  about: text,
});

/** Interfaces whose names are unique and whose descriptions are full of traps. */
export const cliSpec: fc.Arbitrary<CliSpec> = fc
  .record({
    about: pageText,
    flags: fc.uniqueArray(flag, { minLength: 1, maxLength: 6, selector: ({ long }) => long }),
    args: fc.uniqueArray(arg, { maxLength: 3, selector: ({ name: key }) => key }),
    commands: fc.uniqueArray(command, { maxLength: 4, selector: ({ name: key }) => key }),
  })
  .map((spec) => ({ ...spec, flags: withUniqueShorts(spec.flags) }));

function withUniqueShorts(flags: readonly FlagSpec[]): FlagSpec[] {
  const used = new Set<string>();
  return flags.map((spec) => {
    if (spec.short === undefined || used.has(spec.short)) return { ...spec, short: undefined };
    used.add(spec.short);
    return spec;
  });
}
