/** The object without these fields. */
export function omit<T extends object, K extends keyof T>(from: T, ...fields: readonly K[]): Omit<T, K> {
  const entries = Object.entries(from).filter(([field]) => !fields.includes(field as K));
  return Object.fromEntries(entries) as unknown as Omit<T, K>;
}
