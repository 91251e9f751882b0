/** The object without these fields. */
export function omit<T extends object, K extends keyof T>(from: T, ...fields: readonly K[]): Omit<T, K> {
  const left: Partial<T> = { ...from };
  for (const field of fields) delete left[field];
  return left as Omit<T, K>;
}
