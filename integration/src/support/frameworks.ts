import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Flag, PageSurface } from '@cliparity/model';
import { runIsolated } from '@cliparity/runners';
import { HOUSE } from './clone.js';
import { MODULES } from './known-clis.js';
import type { SeededFlag, SeededSpec, SeededValue } from './seeded-specs.js';

/** A framework whose real library prints the pages, and what of a specification such a page shows. */
export interface Framework {
  readonly id: string;
  /** Takes away what the framework has no word for. */
  readonly narrow: (spec: SeededSpec) => SeededSpec;
}

const each = (spec: SeededSpec, change: (flag: SeededFlag) => SeededFlag): SeededSpec => ({
  ...spec,
  flags: spec.flags.map(change),
});

const withValue = (flag: SeededFlag, change: (value: SeededValue) => Partial<SeededValue>): SeededFlag =>
  flag.value === undefined ? flag : { ...flag, value: { ...flag.value, ...change(flag.value) } };

/** argparse shows choices in place of a name, and no default of a flag that must be given. */
const argparseValue = ({ choices, ...value }: SeededValue, required: boolean): Partial<SeededValue> => ({
  ...(choices.length > 0 ? { optional: false, many: false } : {}),
  default: required ? undefined : value.default,
});

/** The frameworks that npm installs for the tests anyway. */
export const FRAMEWORKS: readonly Framework[] = [
  {
    id: 'commander',
    narrow: (spec) => each(spec, (flag) => ({ ...flag, group: undefined, aliases: [], required: false })),
  },
  {
    id: 'yargs',
    narrow: (spec) => each(spec, (flag) => withValue({ ...flag, env: undefined }, () => ({ optional: false }))),
  },
  {
    id: 'argparse',
    narrow: (spec) =>
      each(spec, (flag) => {
        const required = flag.required && flag.value !== undefined;
        return withValue({ ...flag, env: undefined, required }, (value) => argparseValue(value, required));
      }),
  },
  {
    id: 'cac',
    narrow: (spec) => ({
      ...each(spec, (flag) => {
        const plain = { ...flag, group: undefined, env: undefined, aliases: [], required: false };
        return withValue(plain, () => ({ many: false, choices: [] }));
      }),
      commands: spec.commands.map((command) => ({ ...command, aliases: [] })),
    }),
  },
];

function flagOf(flag: SeededFlag): Flag {
  const { long, short, aliases, value, env, required, group } = flag;
  return {
    key: `--${long}`,
    long: `--${long}`,
    takes_value: value !== undefined,
    ...(short !== undefined && { short: `-${short}` }),
    ...(aliases.length > 0 && { aliases: aliases.map((alias) => `--${alias}`) }),
    ...(value !== undefined && { value_arity: value.optional ? 'optional' : 'required' }),
    ...(value?.many === true && { variadic: true }),
    ...(value !== undefined && value.choices.length > 0 && { choices: [...value.choices] }),
    ...(value?.default !== undefined && { default: value.default }),
    ...(env !== undefined && { env }),
    ...(required && { required }),
    ...(group !== undefined && { group }),
  };
}

/** What a reader of the page has to find. */
export const truthOf = (spec: SeededSpec): PageSurface => ({
  usage: [],
  commands: spec.commands.map(({ name, aliases }) => ({ name, ...(aliases.length > 0 && { aliases: [...aliases] }) })),
  flags: spec.flags.map(flagOf),
  args: spec.args.map(({ name, required, many }) => ({ name, required, variadic: many })),
  unexplained: [],
});

/** The pages that the library prints for the specifications, at a width. */
export async function printPages(
  { id }: Framework,
  specs: readonly SeededSpec[],
  at: { readonly scratch: string; readonly columns: number },
): Promise<readonly string[]> {
  const file = join(at.scratch, `${id}.json`);
  writeFileSync(file, JSON.stringify(specs));
  const program = join(HOUSE, 'integration/clis/frameworks', `${id}.mjs`);
  const ran = await runIsolated({
    file: process.execPath,
    args: [program, MODULES, file, String(at.columns)],
    scratch: at.scratch,
    timeoutMs: 60_000,
    maxOutputBytes: 16_777_216,
    columns: at.columns,
  });
  if (ran.exitCode !== 0) throw new Error(`${id} could not print its pages: ${ran.stderr}`);
  return ran.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string);
}
