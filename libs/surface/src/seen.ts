import type { TargetId } from '@cliparity/model';
import { canonicalTarget } from './targets-order.js';

/** One unit as every target that has it shows it, in expected order. */
export interface Seen<T> {
  readonly on: readonly TargetId[];
  readonly by: ReadonlyMap<TargetId, T>;
  /** The canonical target's. */
  readonly canonical: T;
}

/**
 * Groups items of several targets by their key; groups come in the order of first sight. A later item of one target under the same key
 * replaces the earlier one.
 * @param perTarget the items of each target, in expected order
 */
export function groupByKey<T>(
  perTarget: readonly (readonly [TargetId, readonly T[]])[],
  key: (item: T) => string,
  required: TargetId,
): Map<string, Seen<T>> {
  const groups = new Map<string, Map<TargetId, T>>();
  for (const [target, items] of perTarget)
    for (const item of items) {
      const name = key(item);
      const group = groups.get(name);
      if (group === undefined) groups.set(name, new Map([[target, item]]));
      else group.set(target, item);
    }
  return new Map(
    [...groups].map(([name, by]) => {
      const on = [...by.keys()];
      return [name, { on, by, canonical: by.get(canonicalTarget(on, required)) as T }];
    }),
  );
}

const keys = new WeakMap<readonly string[], string>();

/** A path as a map key that no two paths share. */
export function pathKey(path: readonly string[]): string {
  const known = keys.get(path);
  if (known !== undefined) return known;
  const made = JSON.stringify(path);
  keys.set(path, made);
  return made;
}

export interface UnitList<C, T> {
  readonly list: (command: C) => readonly T[];
  readonly key: (unit: T) => string;
  readonly required: TargetId;
}

/** The units of one command, grouped by key over the targets that have the command. */
export function unitsOf<C, T>(seen: Seen<C>, { list, key, required }: UnitList<C, T>): Map<string, Seen<T>> {
  return groupByKey(
    [...seen.by].map(([target, command]) => [target, list(command)] as const),
    key,
    required,
  );
}
