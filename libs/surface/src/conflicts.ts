import { compareBytes, comparePaths } from '@cliparity/model';
import type { CommandPath, TargetId, UnitKind } from '@cliparity/model';
import type { Seen } from './seen.js';

/** A value that targets may disagree on. */
export type Scalar = string | boolean | number | null | string[];
/** What one target says about one unit: field name to value. */
export type Facts = Readonly<Record<string, Scalar>>;

/** One command and its units as all targets show them. */
export interface SeenCommand<C extends object, F extends object, A extends object> {
  readonly path: CommandPath;
  readonly command: Seen<C>;
  readonly flags: ReadonlyMap<string, Seen<F>>;
  readonly args: ReadonlyMap<string, Seen<A>>;
}
/** How to read the facts of each kind of unit; fields that are left out count as null. */
export interface FactReaders<C extends object, F extends object, A extends object> {
  readonly command: (command: C) => Facts;
  readonly flag: (flag: F) => Facts;
  readonly arg: (arg: A) => Facts;
}
/** One field of one unit on which targets disagree. Keys of `values_by_target` are the targets that have the unit. */
export interface Disagreement {
  readonly unit: UnitKind;
  readonly path: string[];
  readonly key?: string;
  readonly name?: string;
  readonly field: string;
  readonly values_by_target: Record<TargetId, Scalar>;
}

const RANK: Readonly<Record<UnitKind, number>> = { command: 0, flag: 1, arg: 2 };

/** By unit kind (command, flag, arg), path, key, name, field. */
export function compareConflicts(a: Disagreement, b: Disagreement): number {
  return (
    RANK[a.unit] - RANK[b.unit] ||
    comparePaths(a.path, b.path) ||
    compareBytes(a.key ?? '', b.key ?? '') ||
    compareBytes(a.name ?? '', b.name ?? '') ||
    compareBytes(a.field, b.field)
  );
}

type Unit = Pick<Disagreement, 'unit' | 'path' | 'key' | 'name'>;

function ofUnit<T>(unit: Unit, seen: Seen<T>, facts: (item: T) => Facts): Disagreement[] {
  if (isOneItem(seen)) return [];
  const byTarget = [...seen.by].map(([target, item]) => [target, facts(item)] as const);
  const fields = new Set(byTarget.flatMap(([, said]) => Object.keys(said)));
  return [...fields].flatMap((field) => {
    const values = byTarget.map(([target, said]) => [target, said[field] ?? null] as const);
    const [, first] = values[0] as (typeof values)[number];
    const agree = values.every(([, value]) => isSame(first, value));
    return agree ? [] : [{ ...unit, field, values_by_target: Object.fromEntries(values) }];
  });
}

/** Targets that have the very same item cannot disagree. */
function isOneItem<T>({ by, canonical }: Seen<T>): boolean {
  for (const item of by.values()) if (item !== canonical) return false;
  return true;
}

const isSame = (a: Scalar, b: Scalar): boolean => {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
};

/** Every field of a command and its units on which the targets that have the unit disagree, in the order of `compareConflicts`. */
export function disagreements<C extends object, F extends object, A extends object>(
  seen: SeenCommand<C, F, A>,
  read: FactReaders<C, F, A>,
): Disagreement[] {
  const path = [...seen.path];
  return [
    ...ofUnit({ unit: 'command', path }, seen.command, read.command),
    ...[...seen.flags].flatMap(([key, flag]) => ofUnit({ unit: 'flag', path, key }, flag, read.flag)),
    ...[...seen.args].flatMap(([name, arg]) => ofUnit({ unit: 'arg', path, name }, arg, read.arg)),
  ].sort(compareConflicts);
}
