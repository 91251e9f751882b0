import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findEntry } from '@cliparity/acquisition';
import { checkJson, parseJson, readBytes, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { FindingError, serialize, SnapshotSchema, UsageError, type Result, type Snapshot } from '@cliparity/model';
import { importSnapshot, snapshotKind, SnapshotV1Schema } from '@cliparity/surface';
import { lockOf, openRootContext, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

export interface ImportRequest {
  readonly cli: string;
  /** Absolute folder; searched for `*.json` snapshots, sub-folders included. */
  readonly dir: string;
  readonly dryRun?: boolean;
}
interface Imported {
  readonly from: string;
  readonly snapshot: Snapshot;
  readonly to: string;
}

async function jsonFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new UsageError('FOLDER_UNREADABLE', `${dir} cannot be read as a folder`, { where: dir, cause });
  });
  const files = entries.filter(
    (entry) => entry.isFile() && entry.name.endsWith('.json') && entry.name !== 'union.json',
  );
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** Reads one file of any version; undefined when it is no snapshot at all. */
async function readSnapshot(path: string): Promise<Snapshot | undefined> {
  const bytes = await readBytes(path);
  const kind = snapshotKind(parseJson(bytes, { name: path }));
  if (kind !== 'snapshot-v1' && kind !== 'snapshot-v3') return undefined;
  await checkJson(bytes, kind === 'snapshot-v1' ? SnapshotV1Schema : SnapshotSchema, { name: path });
  return importSnapshot(parseJson(bytes), path) as Snapshot;
}

async function accept(root: RootContext, path: string, snapshot: Snapshot): Promise<Imported> {
  const { semantic_version: version, target_triple: target, sha256 } = snapshot.binary;
  const { expected } = root.manifest.targets;
  if (!expected.includes(target)) {
    throw new FindingError(
      'IMPORT_TARGET_NOT_EXPECTED',
      `${path} is a snapshot of ${target}, which ${root.name} does not expect`,
      {
        where: path,
        remedy: `Expected: ${expected.join(', ')}.`,
      },
    );
  }
  const entry = findEntry(await lockOf(root), version, target);
  if (entry.binary_sha256 !== sha256) {
    throw new FindingError(
      'IMPORT_NOT_OF_LOCK',
      `${path} was taken from another binary than the lock pins for ${version} on ${target}`,
      {
        where: path,
        remedy: 'Capture it from the locked binary: cliparity acquire gives it on any machine.',
      },
    );
  }
  return { from: path, snapshot, to: root.layout.snapshot(version, target) };
}

/** `import CLI DIR`: takes in snapshots made elsewhere; each must be of an expected target and of the binary that the lock pins. */
export async function importSnapshots(bench: Workbench, request: ImportRequest): Promise<Result> {
  const root = await openRootContext(bench, request.cli);
  const accepted: Imported[] = [];
  for (const path of await jsonFiles(request.dir)) {
    const snapshot = await readSnapshot(path);
    if (snapshot !== undefined) accepted.push(await accept(root, path, snapshot));
  }
  if (accepted.length === 0) {
    throw new UsageError('NOTHING_TO_IMPORT', `${request.dir} holds no snapshot`, {
      where: request.dir,
      remedy: 'Name the folder with the <target>.json files.',
    });
  }
  if (request.dryRun !== true) {
    await withRootLock(root, async () => {
      for (const { to, snapshot } of accepted) await writeAtomic(to, serialize(SnapshotSchema, snapshot));
    });
  }
  const rows = accepted.map(({ from, to }) => [from, root.ref(to).name]);
  return {
    kind: 'imported',
    schema_version: 1,
    data: { cli: root.name, dry_run: request.dryRun === true, files: rows.map(([from, to]) => ({ from, to })) },
    view: {
      headline: `${accepted.length} snapshots ${request.dryRun === true ? 'would be imported' : 'imported'} into ${root.name}`,
      tone: 'good',
      tables: [{ columns: [{ title: 'from' }, { title: 'to' }], rows }],
      next: ['cliparity rebuild ' + root.name],
    },
  };
}
