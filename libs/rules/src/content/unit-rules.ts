import {
  compareBytes,
  compareFlags,
  compareKeyedFlags,
  comparePaths,
  finding,
  unitId,
  type Command,
  type Finding,
  type UnitRef,
} from '@cliparity/model';

/** Commands whose own flags and args were found in order, as a snapshot or as a union orders them. */
const TIDY = { snapshot: new WeakSet<Command>(), union: new WeakSet<Command>() };

interface Listed {
  readonly ref: UnitRef;
  readonly pointer: string;
}

interface Listing<T> {
  readonly compare: (a: T, b: T) => number;
  readonly of: (item: T, i: number) => Listed;
}

/** The commands of a snapshot or a union, as far as their order and names go. */
export interface CommandList {
  readonly file: string;
  readonly commands: readonly Command[];
  /** A union sorts its flags by key first. */
  readonly isUnion: boolean;
}

/**
 * Every unit stands once and in order, and there is a root command.
 * Codes: ROOT_COMMAND_MISSING, UNIT_DUPLICATE, UNITS_NOT_SORTED.
 */
export function unitFindings({ file, commands, isUnion }: CommandList): readonly Finding[] {
  const found: Finding[] = [];
  if (!commands.some(({ path }) => path.length === 0)) {
    const message = `${file} has no root command: the program itself was never asked for help`;
    found.push(finding({ code: 'ROOT_COMMAND_MISSING', message, file, pointer: '/commands' }));
  }
  const check = <T>(
    items: readonly T[],
    at: Listing<T> & {
      /** What names an item among its neighbours, where the order alone does not. */
      readonly name?: (item: T) => string;
    },
  ): void => {
    // Strictly ascending and no name twice is the rule; only the rest is looked at closely.
    const isAscending = items.every((item, i) => i === 0 || at.compare(items[i - 1] as T, item) < 0);
    if (isAscending && (at.name === undefined || new Set(items.map(at.name)).size === items.length)) return;
    found.push(...duplicates(items.map(at.of), file), ...disorder(items, at, file));
  };
  check(commands, {
    compare: (a, b) => comparePaths(a.path, b.path),
    of: ({ path }, i) => ({ ref: { unit: 'command', path }, pointer: `/commands/${String(i)}` }),
  });
  const tidy = TIDY[isUnion ? 'union' : 'snapshot'];
  for (const [i, command] of commands.entries()) {
    if (tidy.has(command)) continue;
    const { path, flags = [], args = [] } = command;
    const before = found.length;
    const place = `/commands/${String(i)}`;
    check(flags, {
      compare: isUnion ? compareKeyedFlags : compareFlags,
      name: ({ key }) => key,
      of: ({ key }, j) => ({ ref: { unit: 'flag', path, key }, pointer: `${place}/flags/${String(j)}` }),
    });
    check(args, {
      compare: (a, b) => compareBytes(a.name, b.name),
      of: ({ name }, j) => ({ ref: { unit: 'arg', path, name }, pointer: `${place}/args/${String(j)}` }),
    });
    if (found.length === before) tidy.add(command);
  }
  return found;
}

function duplicates(items: readonly Listed[], file: string): Finding[] {
  const seen = new Set<string>();
  return items.flatMap(({ ref, pointer }) => {
    // Words of a path may hold any character, so the readable name alone does not tell two units apart.
    const key = JSON.stringify(ref);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const unit = unitId(ref);
    return [finding({ code: 'UNIT_DUPLICATE', message: `${file} has ${unit} twice`, file, pointer, unit })];
  });
}

function disorder<T>(items: readonly T[], { compare, of }: Listing<T>, file: string): Finding[] {
  const at = items.findIndex((item, i) => i > 0 && compare(items[i - 1] as T, item) > 0);
  if (at < 0) return [];
  const { ref, pointer } = of(items[at] as T, at);
  const unit = unitId(ref);
  const message = `${file}: ${unit} stands after what must follow it`;
  return [finding({ code: 'UNITS_NOT_SORTED', message, file, pointer, unit })];
}
