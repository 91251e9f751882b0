import { canonicalText, comparePaths } from '@cliparity/model';
import type { CommandPath, Union, UnionCommand } from '@cliparity/model';
import type { CoverageParts } from './build-reports.js';
import { checkWrapperCoverage } from './check-wrapper-coverage.js';
import { claimsOf } from './claims.js';
import { shareOf, type Share } from './deltas.js';
import type { Filter } from './filter.js';
import { narrowing } from './narrowing.js';
import { benchOf, judgeCommand, saidOf, wrapperOnly, type Bench, type Judged, type Said } from './judge.js';
import { placeOfUnion, rootFlagsOf, viewOfCommand, type UpstreamCommand, type UpstreamView } from './upstream-view.js';

/** Judges unions that differ in nothing but commands: a command that stands in several of them is judged once. */
export interface Desk {
  /** What it was made for. */
  readonly key: string;
  readonly coverage: object;
  /** Every unit with its verdict, as `judge` gives them. */
  judged(union: Union, filter: Filter): Judged[];
  /** What a report is made of; the same list again where another filter gave the same. */
  shares(union: Union, filter: Filter): readonly Share[];
}

const rootOf = (union: Union): UnionCommand | undefined => union.commands.find(({ path }) => path.length === 0);

/** What `repeatsRootFlag` looks at. */
const rootKey = remembered((root: UnionCommand): string =>
  canonicalText((root.flags ?? []).map((flag) => [flag.key, flag.takes_value, flag.value_name, flag.available_on])),
);

/** All that a desk depends on besides the wrapper's statement. */
function keyOf({ union, exclusions, requiredTarget, systems }: CoverageParts): string {
  const { seen, complete } = placeOfUnion(union, systems);
  const root = rootOf(union);
  return canonicalText([
    union.expected_targets,
    seen,
    complete,
    exclusions ?? [],
    requiredTarget,
    systems,
    root === undefined ? '' : rootKey(root),
  ]);
}

/** The desk of the memo when it fits, else a new one, which the memo then holds. Errors: those of `checkWrapperCoverage`. */
export function deskOf(parts: CoverageParts): Desk {
  const { memo, coverage } = parts;
  if (memo === undefined) return makeDesk(parts, '');
  const { desk: before } = memo;
  if (before !== undefined && memo.parts !== undefined && isOfSame(memo.parts, parts)) return before;
  const key = keyOf(parts);
  const desk = before?.key === key && before.coverage === coverage ? before : makeDesk(parts, key);
  Object.assign(memo, { desk, parts });
  return desk;
}

/** Whether the very same things are asked about again. */
function isOfSame(a: CoverageParts, b: CoverageParts): boolean {
  const fields = ['union', 'coverage', 'exclusions', 'requiredTarget', 'systems'] as const;
  return fields.every((field) => a[field] === b[field]);
}

interface FilterDesk {
  readonly bench: Bench;
  /** Asked for after the commands: where both are wrong, the upstream's order decides which error is told. */
  readonly said: () => readonly Said[];
  readonly judged: WeakMap<UnionCommand, readonly Judged[]>;
}

function makeDesk(parts: CoverageParts, key: string): Desk {
  const { union, coverage, systems, requiredTarget, exclusions = [] } = parts;
  const view: UpstreamView = placeOfUnion(union, systems);
  checkWrapperCoverage(coverage, view);
  const claims = claimsOf(coverage, view);
  const rootFlags = rootFlagsOf(rootOf(union));
  const desks = new Map<string, FilterDesk>();
  const at = (filter: Filter): FilterDesk => {
    const name = filter.mode === 'exact_target' ? `of ${filter.target}` : filter.mode;
    const known = desks.get(name);
    if (known !== undefined) return known;
    const bench = benchOf({ view, filter, requiredTarget, exclusions, claims });
    let said: readonly Said[] | undefined;
    const made = { bench, said: () => (said ??= saidOf(bench)), judged: new WeakMap() };
    desks.set(name, made);
    return made;
  };
  const upstream = remembered((command: UnionCommand) => viewOfCommand(command, rootFlags));
  const finder = remembered((commands: readonly UnionCommand[]) => commandFinder(commands, upstream));
  const variants = remembered((_: UnionCommand): (readonly Judged[])[] => []);
  const narrow = narrowing(claims, view);
  const judgedAt = ({ bench, judged }: FilterDesk, command: UnionCommand): readonly Judged[] =>
    kept(judged, command, () => {
      const whole = narrow === undefined || bench.filter.mode === 'any' ? undefined : judgedAt(at(ANY), command);
      const list = whole === undefined ? undefined : narrow?.(whole, bench.filter);
      return list ?? oneOf(variants(command), judgeCommand(upstream(command), bench));
    });
  const share = remembered(shareOf);
  const onlys: (readonly Judged[])[] = [];
  const sameShares = latest<Share>();
  const onlyAt = (union: Union, { said, bench }: FilterDesk): Judged[] =>
    wrapperOnly(said(), finder(union.commands), bench);
  return {
    key,
    coverage,
    judged: (of, filter) => {
      const desk = at(filter);
      return [...of.commands.flatMap((command) => judgedAt(desk, command)), ...onlyAt(of, desk)];
    },
    shares: (of, filter) => {
      const desk = at(filter);
      const judged = of.commands.map((command) => judgedAt(desk, command));
      const only = onlyAt(of, desk);
      if (!isAscending(of.commands)) return [shareOf([...judged.flat(), ...only])];
      return sameShares([...judged.map(share), share(oneOf(onlys, only))]);
    },
  };
}

const ANY: Filter = { mode: 'any' };

/** Answers a list with an earlier one that holds the same items, if there was one lately. */
function latest<T>(): (list: readonly T[]) => readonly T[] {
  let lists: readonly (readonly T[])[] = [];
  return (list) => {
    const same = lists.find((one) => one.length === list.length && one.every((item, i) => item === list[i]));
    lists = same === undefined ? [...lists.slice(1 - LATEST), list] : lists;
    return same ?? list;
  };
}
const LATEST = 4;

/** The list among the earlier ones that says the same, else this one: most filters judge a command alike. */
function oneOf(earlier: (readonly Judged[])[], judged: readonly Judged[]): readonly Judged[] {
  const same = earlier.find((list) => list.length === judged.length && list.every((one, i) => isSame(one, judged[i])));
  if (same !== undefined) return same;
  earlier.splice(0, earlier.length + 1 - VARIANTS);
  earlier.push(judged);
  return judged;
}
/** More answers than filters are not worth keeping. */
const VARIANTS = 16;

function isSame(a: Judged, b: Judged | undefined): boolean {
  if (b === undefined || a.unit !== b.unit || a.name !== b.name || a.path !== b.path) return false;
  const isSameVerdict = a.verdict === b.verdict && a.level === b.level && a.note === b.note;
  return (
    isSameVerdict && (a.availableOn === b.availableOn || canonicalText(a.availableOn) === canonicalText(b.availableOn))
  );
}

function kept<K extends object, V>(memo: WeakMap<K, V>, of: K, make: () => V): V {
  const before = memo.get(of);
  if (before !== undefined) return before;
  const made = make();
  memo.set(of, made);
  return made;
}

function remembered<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const memo = new WeakMap<K, V>();
  return (of) => kept(memo, of, () => make(of));
}

const pathKey = remembered((path: CommandPath) => JSON.stringify(path));

/** Shares may be strung together when their paths ascend. */
function isAscending(commands: readonly UnionCommand[]): boolean {
  return commands.every(({ path }, i) => i === 0 || comparePaths((commands[i - 1] as UnionCommand).path, path) < 0);
}

/** Finds commands by path; the last of several counts. */
function commandFinder(
  commands: readonly UnionCommand[],
  upstream: (command: UnionCommand) => UpstreamCommand,
): (path: CommandPath) => UpstreamCommand | undefined {
  const byPath = new Map(commands.map((command) => [pathKey(command.path), command]));
  return (path) => {
    const found = byPath.get(pathKey(path));
    return found === undefined ? undefined : upstream(found);
  };
}
