import { unitId } from '@cliparity/model';
import type { CommandPath, TargetId, UnitKind } from '@cliparity/model';
import type { UpstreamView } from './upstream-view.js';

/** Either version of a wrapper's statement, as far as claims need it. */
export interface Statement {
  readonly coverage: readonly (Judgement & {
    readonly path: CommandPath;
    readonly flags?: readonly (Judgement & { readonly key: string })[] | undefined;
    readonly args?: readonly (Judgement & { readonly name: string })[] | undefined;
  })[];
}
export interface Judgement {
  readonly level: string;
  readonly note?: string | undefined;
  readonly scope?: Scope | undefined;
}
export interface Scope {
  readonly platforms?: readonly string[] | undefined;
  readonly target_triples?: readonly TargetId[] | undefined;
}

/** One entry about one unit: what the wrapper says and on which targets. */
export interface Claim {
  readonly unit: UnitKind;
  readonly path: CommandPath;
  /** A flag's key or an arg's name; empty for a command. */
  readonly name: string;
  /** JSON pointer of the entry in the wrapper's file. */
  readonly pointer: string;
  /** Position of the command's entry: notes of earlier entries count first. */
  readonly index: number;
  readonly targets: readonly TargetId[];
  readonly level: string;
  readonly note?: string | undefined;
}

type Place = Pick<UpstreamView, 'expected' | 'systems'>;

/** The expected targets that a scope names; no scope names all, an empty one none. */
export function scopeTargets(scope: Scope | undefined, { expected, systems }: Place): TargetId[] {
  if (scope === undefined) return [...expected];
  return expected.filter(
    (target) => scope.target_triples?.includes(target) || scope.platforms?.includes(systems[target] ?? ''),
  );
}

/** Every claim of a statement, command by command in file order; a flag's or arg's targets are cut to its command's. */
export function claimsOf(statement: Statement, place: Place): Claim[] {
  return statement.coverage.flatMap((command, index) => {
    const own = scopeTargets(command.scope, place);
    const pointer = `/coverage/${String(index)}`;
    const base = { path: command.path, index };
    const cut = (scope: Scope | undefined) => scopeTargets(scope, place).filter((target) => own.includes(target));
    const { level, note } = command;
    return [
      { ...base, unit: 'command' as const, name: '', pointer, targets: own, level, note },
      ...(command.flags ?? []).map((flag, i) => ({
        ...base,
        unit: 'flag' as const,
        name: flag.key,
        pointer: `${pointer}/flags/${String(i)}`,
        targets: cut(flag.scope),
        level: flag.level,
        note: flag.note,
      })),
      ...(command.args ?? []).map((arg, i) => ({
        ...base,
        unit: 'arg' as const,
        name: arg.name,
        pointer: `${pointer}/args/${String(i)}`,
        targets: cut(arg.scope),
        level: arg.level,
        note: arg.note,
      })),
    ];
  });
}

/** One name per unit, whatever stands in the words of its path. */
export function unitKey({ unit, path, name }: Pick<Claim, 'unit' | 'path' | 'name'>): string {
  return JSON.stringify([unit, path, name]);
}

/** The unit as people read it. */
export function unitText({ unit, path, name }: Pick<Claim, 'unit' | 'path' | 'name'>): string {
  return unitId({ unit, path, ...(unit === 'flag' && { key: name }), ...(unit === 'arg' && { name }) });
}

/** Claims by unit, each list in file order. */
export function claimsByUnit(claims: readonly Claim[]): Map<string, Claim[]> {
  const byUnit = new Map<string, Claim[]>();
  for (const claim of claims) byUnit.set(unitKey(claim), [...(byUnit.get(unitKey(claim)) ?? []), claim]);
  return byUnit;
}
