import { peakMegabytes, type AcquireChildren } from './acquire-peak.js';
import { bundleChild } from './bundle-child.js';
import type { Bench, BenchContext, Measurement, OpenBench } from './harness.js';
import { bareAsset, packedAsset, type LargeAsset } from './large-asset.js';
import { scratchFolder } from './scratch-folder.js';

const MEGABYTE = 1_000_000;
const SIZE = 300 * MEGABYTE;

function peakOf(children: AcquireChildren, asset: LargeAsset, about: string): Measurement {
  const name = `peak memory, ${asset.entry.format}`;
  return { name, about, unit: 'MB', atMost: 200, measure: () => peakMegabytes(children, asset) };
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
