import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleChild } from './bundle-child.js';
import type { Bench, BenchContext, Measurement, OpenBench } from './harness.js';
import { bareAsset, packedAsset, type LargeAsset } from './large-asset.js';
import { mustRun } from './run-program.js';
import { scratchFolder } from './scratch-folder.js';

const MEGABYTE = 1_000_000;
const SIZE = 300 * MEGABYTE;

interface Children {
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

/** Megabytes that a process needs at most to bring the asset into an empty store. */
async function peak(children: Children, { path, entry }: LargeAsset): Promise<number> {
  const store = join(children.folder, 'store');
  try {
    return await served(children.server, path, async (url) => {
      const locked = JSON.stringify({ ...entry, locator: `${url}/1.0.0/tool` });
      const { stdout } = await mustRun([process.execPath, children.client, locked, store], { cwd: children.folder });
      const said = JSON.parse(stdout) as { readonly downloadedBytes: number; readonly peakBytes: number };
      if (said.downloadedBytes !== entry.size_bytes) throw new Error(`only ${said.downloadedBytes} bytes came`);
      return said.peakBytes / MEGABYTE;
    });
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

function peakOf(children: Children, asset: LargeAsset, about: string): Measurement {
  const name = `peak memory, ${asset.entry.format}`;
  return { name, about, unit: 'MB', atMost: 200, measure: () => peak(children, asset) };
}

async function open({ workspace }: BenchContext): Promise<OpenBench> {
  const { path: folder, remove } = await scratchFolder(workspace);
  const bundle = async (name: string): Promise<string> => bundleChild(workspace, name, folder);
  const children = { folder, server: await bundle('asset-server-child'), client: await bundle('acquire-child') };
  const bare = await bareAsset(folder, SIZE);
  const packed = await packedAsset(folder, bare);
  const size = `${SIZE / MEGABYTE} MB`;
  return {
    measurements: [
      peakOf(children, bare, `a process that acquires ${size} from a loopback server into an empty store`),
      peakOf(children, packed, `the same ${size} inside an archive: download, verify, unpack`),
    ],
    close: remove,
  };
}

/** That memory does not grow with the asset. */
export const downloadBench: Bench = { name: 'download', open };
