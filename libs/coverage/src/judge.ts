import type { CommandPath, Exclusion, TargetId, UnitKind } from '@cliparity/model';
import { claimsByUnit, unitKey, type Claim } from './claims.js';
import { isPresent } from './filter.js';
import { resolve, type Resolving } from './resolve.js';
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

interface Bench extends JudgeParts {
  readonly byUnit: ReadonlyMap<string, readonly Claim[]>;
  readonly excluded: ReadonlyMap<string, string>;
  readonly roots: readonly WaivedSubtree[];
}

/**
 * Judges every upstream unit that is present under the filter, and every unit that only the wrapper has. In the order of the upstream, then
 * of the claims. Source: reference/parity-formats.md section 4.
 */
export function judge(parts: JudgeParts): Judged[] {
  const bench: Bench = {
    ...parts,
    byUnit: claimsByUnit(parts.claims),
    excluded: new Map(
      parts.exclusions.map(({ unit, path, key, name, note }) => [
        unitKey({ unit, path, name: key ?? name ?? '' }),
        note,
      ]),
    ),
    roots: waivedSubtrees(parts.claims, parts),
  };
  return [...parts.view.commands.flatMap((command) => judgeCommand(command, bench)), ...wrapperOnly(bench)];
}

type Unit = Pick<Judged, 'unit' | 'path' | 'name' | 'availableOn'>;

function judgeCommand(command: UpstreamCommand, bench: Bench): Judged[] {
  const { path, availableOn } = command;
  const here = (on: readonly TargetId[]): boolean => isPresent(on, bench.filter, bench.view);
  if (!here(availableOn)) return [];
  const own = judgeUnit({ unit: 'command', path, name: '', availableOn }, bench);
  const below = [
    ...command.flags.filter((flag) => !isOnlyRepeated(flag, path, bench)).map((flag) => unitOf('flag', path, flag)),
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

/** A repeated root flag counts at the root, unless the wrapper says something about it here. */
function isOnlyRepeated(flag: UpstreamUnit, path: CommandPath, { byUnit }: Bench): boolean {
  return flag.inherited === true && !byUnit.has(unitKey({ unit: 'flag', path, name: flag.name }));
}

function judgeUnit(unit: Unit, bench: Bench): Judged {
  const key = unitKey(unit);
  const claims = bench.byUnit.get(key) ?? [];
  const { level, note } = resolve(claims, bench, unit.availableOn);
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

function wrapperOnly(bench: Bench): Judged[] {
  const upstream = new Map(bench.view.commands.map((command) => [JSON.stringify(command.path), command]));
  return [...bench.byUnit.values()].flatMap((claims) => {
    const { unit, path, name } = claims[0] as Claim;
    const { present, targets, level, note } = resolve(claims, bench);
    const command = upstream.get(JSON.stringify(path));
    const on = availability(command, { unit, name });
    if (!present || (on !== undefined && isPresent(on, bench.filter, bench.view))) return [];
    const availableOn = on ?? command?.availableOn ?? targets;
    return [{ unit, path, name, availableOn, verdict: 'wrapper_only' as const, level, note }];
  });
}

function availability(
  command: UpstreamCommand | undefined,
  { unit, name }: { readonly unit: UnitKind; readonly name: string },
): readonly TargetId[] | undefined {
  if (unit === 'command') return command?.availableOn;
  const units = unit === 'flag' ? command?.flags : command?.args;
  return units?.find((one) => one.name === name)?.availableOn;
}
