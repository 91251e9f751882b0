import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { workspaceLayout } from '@cliparity/manifest-store';

/** A fresh folder where the product keeps its own: below `.cliparity/tmp`, on the workspace's disk. */
export interface ScratchFolder {
  /** Absolute path. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Makes one; the caller removes it. */
export async function scratchFolder(workspace: string): Promise<ScratchFolder> {
  const { tmp } = workspaceLayout(workspace);
  await mkdir(tmp, { recursive: true });
  const path = await mkdtemp(join(tmp, 'bench-'));
  return { path, remove: async () => rm(path, { recursive: true, force: true }) };
}
