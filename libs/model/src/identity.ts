import type { CommandPath, UnitKind } from './vocabulary.js';

/** Names one unit of a surface. */
export interface UnitRef {
  readonly unit: UnitKind;
  readonly path: CommandPath;
  /** A flag's key. */
  readonly key?: string | undefined;
  /** An argument's name. */
  readonly name?: string | undefined;
}

/** `(root)` for the root command, else the words joined by a space. */
export function pathText(path: CommandPath): string {
  return path.length === 0 ? '(root)' : path.join(' ');
}

/** One line that identifies a unit: `command:exec`, `flag:exec/--json`, `arg:exec resume/SESSION_ID`. */
export function unitId(ref: UnitRef): string {
  const path = ref.path.join(' ');
  return ref.unit === 'command' ? `command:${path}` : `${ref.unit}:${path}/${ref.key ?? ref.name ?? ''}`;
}

/** A flag's key: the long spelling, else the short one. */
export function flagKey(flag: { readonly long?: string | undefined; readonly short?: string | undefined }): string {
  return flag.long ?? flag.short ?? '';
}
