import type { Arg, CommandRow, Flag, PageSurface } from '@cliparity/model';

/** What a page says without its sentences: fields that are absent, false or empty are left out. */
export interface PageFacts {
  /** `name`, or `name|alias|alias`. */
  readonly commands?: readonly string[];
  /** By key. */
  readonly flags?: Readonly<Record<string, object>>;
  readonly args?: readonly object[];
  /** How many rows no rule explains. */
  readonly unexplained?: number;
}

const isTold = (value: unknown): boolean => value !== undefined && value !== false && value !== '';

const told = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => isTold(value))) as Partial<T>;

function flagFacts(flag: Flag): object {
  const { key, long, short, aliases, value_arity, variadic, repeatable, choices, env, required, negatable } = flag;
  return told({
    ...(long === key ? {} : { long }),
    ...(short === key ? {} : { short }),
    aliases,
    negatable,
    value: flag.takes_value ? value_arity : undefined,
    variadic,
    repeatable,
    choices,
    default: flag.default,
    env,
    required,
  });
}

const argFacts = ({ name, required, variadic, choices, default: literal }: Arg): object =>
  told({ name, required, variadic, choices, default: literal });

const commandFacts = ({ name, aliases = [] }: CommandRow): string => [name, ...aliases].join('|');

/** Reduces a surface to the facts that are committed and compared. */
export function factsOf({ commands, flags, args, unexplained }: PageSurface): PageFacts {
  return {
    ...(commands.length > 0 ? { commands: commands.map(commandFacts) } : {}),
    ...(flags.length > 0 ? { flags: Object.fromEntries(flags.map((flag) => [flag.key, flagFacts(flag)])) } : {}),
    ...(args.length > 0 ? { args: args.map(argFacts) } : {}),
    ...(unexplained.length > 0 ? { unexplained: unexplained.length } : {}),
  };
}
