import type { Dialect } from '@cliparity/plugin-api';
import { dialectsPlugin } from '@cliparity/plugin-dialects';

/** A built-in dialect. Load one after the other: jest cannot link modules that share a third one at the same time. */
export async function loadDialect(id: string): Promise<Dialect> {
  const found = dialectsPlugin.contributions.find((contribution) => contribution.id === id);
  if (found === undefined) throw new Error(`no built-in dialect ${id}`);
  return (await found.load()).default as Dialect;
}
