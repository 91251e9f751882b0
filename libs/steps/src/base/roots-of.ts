import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { layout, listRoots } from '@cliparity/manifest-store';
import { UsageError } from '@cliparity/model';
import type { Workbench } from './workbench.js';

export interface RootName {
  readonly name: string;
  readonly kind: 'current' | 'older';
}

/** The roots of the workspace by name, none of them opened: a broken one must not hide the others. */
export async function rootsOf(bench: Workbench): Promise<readonly RootName[]> {
  const names = await listRoots(bench.workspace, bench.manifests);
  return names.map((name) => {
    const { manifest, rules } = layout(join(bench.manifests, name));
    return { name, kind: existsSync(rules) && !existsSync(manifest) ? 'older' : 'current' };
  });
}

/**
 * As `rootsOf`, for what passes or writes something about all roots: of none there is nothing to say, and a misspelt folder must not pass.
 * @throws UsageError ROOTS_NONE
 */
export async function allRootsOf(bench: Workbench): Promise<readonly RootName[]> {
  const roots = await rootsOf(bench);
  if (roots.length > 0) return roots;
  throw new UsageError('ROOTS_NONE', `there are no roots in ${bench.manifests}`, {
    where: bench.manifests,
    remedy: 'Name their folder with --manifests, or make the first one: cliparity init NAME',
  });
}

/** Names of the roots that this tool writes. */
export async function currentRootsOf(bench: Workbench): Promise<readonly string[]> {
  return (await rootsOf(bench)).filter((root) => root.kind === 'current').map((root) => root.name);
}
