import type { Arg } from '@cliparity/model';
import type { UsageArg } from './usage-walk.js';

/** An argument as a row lists it; `required` is undefined when the row's notation does not tell. */
export interface ListedArg extends Omit<Arg, 'required'> {
  readonly required: boolean | undefined;
}

/** Listed arguments first, in the page's order, completed by the usage lines; then those that only usage shows. */
export function mergeArgs(listed: readonly ListedArg[], usage: readonly UsageArg[]): Arg[] {
  const byName = new Map(usage.map((arg) => [fold(arg.name), arg]));
  const names = new Set(listed.map(({ name }) => fold(name)));
  const merged = listed.map((arg): Arg => {
    const shown = byName.get(fold(arg.name));
    return {
      ...arg,
      required: arg.required ?? shown?.required ?? false,
      variadic: arg.variadic || shown?.variadic === true,
    };
  });
  const inferred = usage.filter(({ name, isBare }) => isBare !== true && !names.has(fold(name)));
  return [
    ...merged,
    ...inferred.map(({ name, required, variadic }): Arg => ({ name, required, variadic, inferred_from_usage: true })),
  ];
}

const fold = (name: string): string => name.toLowerCase();
