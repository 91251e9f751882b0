import { join } from 'node:path';
import { withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { bytesOf, CATALOGUE, folderView, generatedCopies } from '@cliparity/rules';
import { systemsOf } from '../derive/report-version.js';
import type { RootContext } from '../base/root-context.js';

/**
 * Writes the four generated copies of a root (rules, both schemas, what validate finds) where they are not there or differ, under its lock.
 * @returns the paths written, relative to the root. Errors: those of `withRootLock` and `writeAtomic`.
 */
export async function writeGeneratedCopies(root: RootContext): Promise<readonly string[]> {
  const copies = generatedCopies(root.manifest, await systemsOf(root), CATALOGUE);
  const view = folderView(root.path);
  const differing = copies.filter(({ path, text }) => {
    const bytes = bytesOf(view, path);
    return bytes === undefined || Buffer.compare(bytes, Buffer.from(text)) !== 0;
  });
  if (differing.length === 0) return [];
  await withRootLock(root, async () => {
    for (const { path, text } of differing) await writeAtomic(join(root.path, path), text);
  });
  return differing.map(({ path }) => path);
}
