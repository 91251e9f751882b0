import type { Arg, Flag, PageSurface } from '@cliparity/model';
import type { ArgSpec, CliSpec, FlagSpec, ValueSpec } from './spec.js';

/** A flag as every framework's page has to give it; `value` says what is special about one. */
export function flagOf(flag: FlagSpec, value: Partial<Flag>): Flag {
  return {
    key: `--${flag.long}`,
    long: `--${flag.long}`,
    ...(flag.short === undefined ? {} : { short: `-${flag.short}` }),
    takes_value: flag.value !== undefined,
    ...(flag.value === undefined ? {} : value),
    about: flag.about,
  };
}

/** Choices and default, when there are any. */
export const literals = ({ choices, default: literal }: ValueSpec): Partial<Flag> => ({
  ...(choices.length === 0 ? {} : { choices: [...choices] }),
  ...(literal === undefined ? {} : { default: literal }),
});

export const argOf = ({ name, required, many, about }: ArgSpec): Arg => ({ name, required, variadic: many, about });

/** The surface of a page that shows everything of the specification. */
export function surfaceOf(spec: CliSpec, usage: string, value: (flag: FlagSpec) => Partial<Flag>): PageSurface {
  return {
    about: spec.about,
    usage: [usage],
    commands: spec.commands.map(({ name, alias, about }) => ({
      name,
      ...(alias === undefined || alias === name ? {} : { aliases: [alias] }),
      about,
    })),
    flags: spec.flags.map((flag) => flagOf(flag, value(flag))),
    args: spec.args.map(argOf),
    unexplained: [],
  };
}

/** Drops what a framework cannot print. */
export const narrowFlags = (spec: CliSpec, change: (value: ValueSpec) => ValueSpec): CliSpec => ({
  ...spec,
  flags: spec.flags.map((flag) => ({ ...flag, value: flag.value === undefined ? undefined : change(flag.value) })),
});
