import { isDeepStrictEqual } from 'node:util';
import type { Flag, PageSurface } from '@cliparity/model';

/** What is compared of a page, in the order of the table. */
export const FIELDS = [
  'names',
  'aliases',
  'arity',
  'choices',
  'default',
  'env',
  'required',
  'groups',
  'positionals',
  'commands',
] as const;
export type Field = (typeof FIELDS)[number];

export interface Tally {
  right: number;
  all: number;
}
/** How well pages were read, added up. */
export interface Fidelity {
  readonly fields: Record<Field, Tally>;
  pages: number;
  /** Flags that the program does not have. */
  invented: number;
  unexplained: number;
}

export const noFidelity = (): Fidelity => ({
  fields: Object.fromEntries(FIELDS.map((field) => [field, { right: 0, all: 0 }])) as Record<Field, Tally>,
  pages: 0,
  invented: 0,
  unexplained: 0,
});

const FLAG_FIELDS: Readonly<Partial<Record<Field, (flag: Flag) => unknown>>> = {
  aliases: ({ short, aliases }) => (short ?? aliases) && [short, ...[...(aliases ?? [])].sort()],
  arity: ({ takes_value, value_arity, variadic }) => [takes_value, value_arity, variadic ?? false],
  choices: ({ choices }) => choices,
  default: (flag) => flag.default,
  env: ({ env }) => env,
  required: ({ required }) => required,
  groups: ({ group }) => group,
};

/** Frameworks add these by themselves. */
const OWN = new Set(['--help', '--version', 'help']);

function count(tally: Tally, truth: unknown, read: unknown): void {
  if (truth === undefined && read === undefined) return;
  tally.all += 1;
  if (isDeepStrictEqual(truth, read)) tally.right += 1;
}

/** Lists are compared item by item, whichever is longer. */
function countEach(tally: Tally, truth: readonly unknown[], read: readonly unknown[]): void {
  for (let at = 0; at < Math.max(truth.length, read.length); at += 1) count(tally, truth[at] ?? null, read[at] ?? null);
}

/** Adds one page: every unit and field of the truth and of the reading, right only when they are the same. */
export function addPage(to: Fidelity, truth: PageSurface, read: PageSurface): void {
  const known = new Map(read.flags.map((flag) => [flag.key, flag]));
  for (const flag of truth.flags) {
    const found = known.get(flag.key);
    count(to.fields.names, flag.key, found?.key);
    for (const field of FIELDS) {
      const value = FLAG_FIELDS[field];
      if (value !== undefined) count(to.fields[field], value(flag), found && value(found));
    }
  }
  const names = new Set(truth.flags.map(({ key }) => key));
  to.invented += read.flags.filter(({ key }) => !names.has(key) && !OWN.has(key)).length;
  const args = (surface: PageSurface) => surface.args.map(({ name, required, variadic }) => [name, required, variadic]);
  const commands = (surface: PageSurface) =>
    surface.commands.filter(({ name }) => !OWN.has(name)).map(({ name, aliases = [] }) => [name, ...aliases]);
  countEach(to.fields.positionals, args(truth), args(read));
  countEach(to.fields.commands, commands(truth), commands(read));
  to.pages += 1;
  to.unexplained += read.unexplained.length;
}
