import type { CommandPath, Exclusion, TargetId, UnitKind } from '@cliparity/model';
import { claimsByUnit, unitKey, type Claim } from './claims.js';
import { isPresent } from './filter.js';
import { resolve, type Resolution, type Resolving } from './resolve.js';
import type { UpstreamCommand, UpstreamUnit } from './upstream-view.js';
import { requireNote, waivedBy, waivedSubtrees, type WaivedSubtree } from './waived-subtrees.js';

/** `skipped`: below an excluded command; counted as excluded, listed nowhere. `wrapper_only`: the wrapper has it, the upstream does not. */
export type Verdict =
  'covered' | 'passthrough' | 'unsupported' | 'waived' | 'missing' | 'excluded' | 'skipped' | 'wrapper_only';

/** One unit and what becomes of it under a filter. */
export interface Judged {
  readonly unit: UnitKind;
  readonly path: CommandPath;
  readonly name: string;
  readonly availableOn: readonly TargetId[];
  readonly verdict: Verdict;
  readonly level?: string | undefined;
  readonly note?: string | undefined;
}

export interface JudgeParts extends Resolving {
  readonly claims: readonly Claim[];
  readonly exclusions: readonly Exclusion[];
}

/** What judging under one filter needs, whatever commands are judged: none of it looks at `view.commands`. */
export interface Bench extends JudgeParts {
  readonly byUnit: ReadonlyMap<string, readonly Claim[]>;
  /** Paths of commands about which something is claimed or excluded; units elsewhere need not be looked up. */
  readonly named: ReadonlySet<string>;
  readonly excluded: ReadonlyMap<string, string>;
  readonly roots: readonly WaivedSubtree[];
}

/**
 * Judges every upstream unit that is present under the filter, and every unit that only the wrapper has. In the order of the upstream, then
 * of the claims. Source: reference/parity-formats.md section 4.
 */
export function judge(parts: JudgeParts): Judged[] {
  const bench = benchOf(parts);
  const { commands } = parts.view;
  const byPath = new Map(commands.map((command) => [JSON.stringify(command.path), command]));
  return [
    ...commands.flatMap((command) => judgeCommand(command, bench)),
    ...wrapperOnly(saidOf(bench), (path) => byPath.get(JSON.stringify(path)), bench),
  ];
}

/** Prepares what every command is judged with. Errors: those of `waivedSubtrees`. */
export function benchOf(parts: JudgeParts): Bench {
  return {
    ...parts,
    byUnit: claimsByUnit(parts.claims),
    named: new Set([...parts.claims, ...parts.exclusions].map(({ path }) => JSON.stringify(path))),
    excluded: new Map(
      parts.exclusions.map(({ unit, path, key, name, note }) => [
        unitKey({ unit, path, name: key ?? name ?? '' }),
        note,
      ]),
    ),
    roots: waivedSubtrees(parts.claims, parts),
  };
}

type Unit = Pick<Judged, 'unit' | 'path' | 'name' | 'availableOn'>;

/** One command and its units, as far as they are present under the filter. Errors: COVERAGE_LEVELS_DIFFER, COVERAGE_SCOPE_MISMATCH. */
export function judgeCommand(command: UpstreamCommand, bench: Bench): Judged[] {
  const { path, availableOn } = command;
  const here = (on: readonly TargetId[]): boolean => isPresent(on, bench.filter, bench.view);
  if (!here(availableOn)) return [];
  const isNamed = bench.named.has(JSON.stringify(path));
  const judgeUnit = isNamed ? judgeNamed : judgeUnnamed;
  const isRepeated = (flag: UpstreamUnit): boolean =>
    flag.inherited === true && !(isNamed && bench.byUnit.has(unitKey({ unit: 'flag', path, name: flag.name })));
  const own = judgeUnit({ unit: 'command', path, name: '', availableOn }, bench);
  const below = [
    // A repeated root flag counts at the root, unless the wrapper says something about it here.
    ...command.flags.filter((flag) => !isRepeated(flag)).map((flag) => unitOf('flag', path, flag)),
    ...command.args.map((arg) => unitOf('arg', path, arg)),
  ].filter((unit) => here(unit.availableOn));
  if (own.verdict === 'excluded') return [own, ...below.map((unit) => ({ ...unit, verdict: 'skipped' as const }))];
  return [own, ...below.map((unit) => judgeUnit(unit, bench))];
}

const unitOf = (unit: 'flag' | 'arg', path: CommandPath, { name, availableOn }: UpstreamUnit): Unit => ({
  unit,
  path,
  name,
  availableOn,
});

/** A unit of a command about which nothing is said: it may still be below a command that is waived. */
function judgeUnnamed(unit: Unit, bench: Bench): Judged {
  const { unit: kind, path, name, availableOn } = unit;
  const root = waivedBy(bench.roots, unit, bench);
  const verdict = root === undefined ? ('missing' as const) : ('waived' as const);
  const level = root === undefined ? undefined : 'intentionally_unsupported';
  return { unit: kind, path, name, availableOn, verdict, level, note: root?.note };
}

function judgeNamed(unit: Unit, bench: Bench): Judged {
  const key = unitKey(unit);
  const claims = bench.byUnit.get(key) ?? [];
  const { level, note }: Pick<Resolution, 'level' | 'note'> =
    claims.length === 0 ? {} : resolve(claims, bench, unit.availableOn);
  const exclusion = bench.excluded.get(key);
  if (exclusion !== undefined) return { ...unit, verdict: 'excluded', level, note: exclusion };
  const root = level === undefined ? waivedBy(bench.roots, unit, bench) : undefined;
  if (root !== undefined) return { ...unit, verdict: 'waived', level: 'intentionally_unsupported', note: root.note };
  if (level === 'intentionally_unsupported')
    return { ...unit, verdict: 'waived', level, note: requireNote(note, claims[0] as Claim) };
  return { ...unit, verdict: verdictOf(unit.unit, level), level, note };
}

/** An unsupported flag or arg is missing; an unsupported command has a list of its own. */
function verdictOf(unit: UnitKind, level: string | undefined): Verdict {
  if (level === 'explicit') return 'covered';
  if (level === 'passthrough') return 'passthrough';
  return level === 'unsupported' && unit === 'command' ? 'unsupported' : 'missing';
}

/** What the wrapper says about one unit under the filter. */
export interface Said extends Resolution, Pick<Claim, 'unit' | 'path' | 'name'> {}

/** What the wrapper says about every unit that it names, in the order of the claims. Error: COVERAGE_LEVELS_DIFFER. */
export function saidOf(bench: Bench): readonly Said[] {
  return [...bench.byUnit.values()].map((claims) => {
    const { unit, path, name } = claims[0] as Claim;
    return { unit, path, name, ...resolve(claims, bench) };
  });
}

/** Units that the wrapper has and the upstream has not. */
export function wrapperOnly(
  said: readonly Said[],
  commandAt: (path: CommandPath) => UpstreamCommand | undefined,
  { filter, view }: Resolving,
): Judged[] {
  return said.flatMap(({ unit, path, name, present, targets, level, note }) => {
    if (!present) return [];
    const command = commandAt(path);
    const on = availability(command, { unit, name });
    if (on !== undefined && isPresent(on, filter, view)) return [];
    const availableOn = on ?? command?.availableOn ?? targets;
    return [{ unit, path, name, availableOn, verdict: 'wrapper_only' as const, level, note }];
  });
}

function availability(
  command: UpstreamCommand | undefined,
  { unit, name }: { readonly unit: UnitKind; readonly name: string },
): readonly TargetId[] | undefined {
  if (unit === 'command') return command?.availableOn;
  return command === undefined ? undefined : placesOf(unit === 'flag' ? command.flags : command.args).get(name);
}

const places = new WeakMap<readonly UpstreamUnit[], ReadonlyMap<string, readonly TargetId[]>>();

/** Where the units of a list are, by name; the first of several counts. */
function placesOf(units: readonly UpstreamUnit[]): ReadonlyMap<string, readonly TargetId[]> {
  const known = places.get(units);
  if (known !== undefined) return known;
  const made = new Map([...units].reverse().map(({ name, availableOn }) => [name, availableOn]));
  places.set(units, made);
  return made;
}
