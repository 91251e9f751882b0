import type { Arg } from '@cliparity/model';
import type { UsageArg } from './usage-walk.js';

/** An argument as a row lists it; `required` is undefined when the row's notation does not tell. */
export interface ListedArg extends Omit<Arg, 'required'> {
  readonly required: boolean | undefined;
}

/**
 * Listed arguments first, in the page's order, completed by the usage lines; then those that only usage shows.
 * @param isOnlyUsage the page has one usage line, which so holds for every call
 */
export function mergeArgs(listed: readonly ListedArg[], usage: readonly UsageArg[], isOnlyUsage = false): Arg[] {
  const byName = new Map(usage.map((arg) => [fold(arg.name), arg]));
  const names = new Set(listed.map(({ name }) => fold(name)));
  const merged = listed.map((arg): Arg => {
    const shown = byName.get(fold(arg.name));
    return {
      ...arg,
      required: requiredOf(arg, shown, isOnlyUsage),
      variadic: arg.variadic || shown?.variadic === true,
    };
  });
  const inferred = usage.filter(({ name, isBare }) => isBare !== true && !names.has(fold(name)));
  return [
    ...merged,
    ...inferred.map(({ name, required, variadic }): Arg => ({ name, required, variadic, inferred_from_usage: true })),
  ];
}

/** The row’s notation, but clap 3 prints `<NAME>` for arguments that its one usage line shows as `[NAME]`. */
function requiredOf(arg: ListedArg, shown: UsageArg | undefined, isOnlyUsage: boolean): boolean {
  if (isOnlyUsage && shown?.required === false) return false;
  return arg.required ?? shown?.required ?? false;
}

const fold = (name: string): string => name.toLowerCase();
