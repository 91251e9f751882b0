import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LargeAsset } from './large-asset.js';
import { mustRun } from './run-program.js';

/** The processes that take part, as absolute paths. */
export interface AcquireChildren {
  /** Working folder; the store is made in it and deleted. */
  readonly folder: string;
  readonly server: string;
  readonly client: string;
}

/** Serves the asset while `work` runs. */
async function served<T>(server: string, path: string, work: (url: string) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [server, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return await work(line.toString('utf8').trim());
  } finally {
    child.kill();
  }
}

/**
 * Megabytes (10^6 bytes) that a process occupies at most while it brings the asset from a loopback server into an empty store.
 * @throws Error with what the process said when it did not get the asset
 */
export async function peakMegabytes(children: AcquireChildren, { path, entry }: LargeAsset): Promise<number> {
  const store = join(children.folder, 'store');
  try {
    return await served(children.server, path, async (url) => {
      const locked = JSON.stringify({ ...entry, locator: `${url}/1.0.0/tool` });
      const { stdout } = await mustRun([process.execPath, children.client, locked, store], { cwd: children.folder });
      const said = JSON.parse(stdout) as { readonly downloadedBytes: number; readonly peakBytes: number };
      if (said.downloadedBytes !== entry.size_bytes) throw new Error(`only ${said.downloadedBytes} bytes came`);
      return said.peakBytes / 1e6;
    });
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}
