import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { layout, listRoots } from '@cliparity/manifest-store';
import type { Workbench } from './workbench.js';

export interface RootName {
  readonly name: string;
  readonly kind: 'current' | 'older';
}

/** The roots of the workspace by name, none of them opened: a broken one must not hide the others. */
export async function rootsOf(bench: Workbench): Promise<readonly RootName[]> {
  const names = await listRoots(bench.workspace, bench.manifests);
  return names.map((name) => ({
    name,
    kind: existsSync(layout(join(bench.manifests, name)).manifest) ? 'current' : 'older',
  }));
}

/** Names of the roots that this tool writes. */
export async function currentRootsOf(bench: Workbench): Promise<readonly string[]> {
  return (await rootsOf(bench)).filter((root) => root.kind === 'current').map((root) => root.name);
}
