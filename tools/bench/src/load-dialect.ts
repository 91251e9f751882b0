import { dialectsPlugin } from '@cliparity/plugin-dialects';
import type { Dialect } from '@cliparity/plugin-api';

/** A built-in dialect, without the container around it. */
export async function loadDialect(id: string): Promise<Dialect> {
  for (const contribution of dialectsPlugin.contributions) {
    if (contribution.kind !== 'dialect' || contribution.id !== id) continue;
    const { default: loaded } = await contribution.load();
    if (typeof loaded === 'object') return loaded;
  }
  throw new Error(`no built-in dialect ${id}`);
}
