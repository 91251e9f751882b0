import { copyFile, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { acquire, findEntry, type Acquired } from '@cliparity/acquisition';
import { writeFailure } from '@cliparity/manifest-store';
import { digestOf, type LockEntry, type Result } from '@cliparity/model';
import type { Target } from '@cliparity/plugin-api';
import { receiptInputs, writeReceipt } from '../base/receipts.js';
import {
  lockOf,
  openRootContext,
  sourcesOf,
  targetsOf,
  lockedVersionOf,
  type RootContext,
} from '../base/root-context.js';
import { megabytes } from '../views/lock-view.js';
import type { Workbench } from '../base/workbench.js';

export interface AcquireVersionRequest {
  readonly cli: string;
  readonly version: string;
  readonly targets?: readonly string[] | undefined;
  /** Folder that gets `<tool>-<target>[.exe]` for every artifact; absolute. */
  readonly link?: string | undefined;
}

const taskOf = (entry: LockEntry): string => `acquire-${entry.semantic_version}-${entry.target_triple}`;

/** Brings one entry into the store and leaves a receipt. */
export async function acquireEntry(root: RootContext, entry: LockEntry): Promise<Acquired> {
  const { io, store } = root.bench;
  const acquired = await acquire({ entry, sources: await sourcesOf(root), store, io });
  await writeReceipt(root, taskOf(entry), {
    inputs: [{ name: 'lock-entry', sha256: digestOf(entry) }],
    downloaded_bytes: acquired.downloadedBytes,
    from_store: acquired.fromStore,
  });
  return acquired;
}

/**
 * The acquire step of a chain, by the up-to-date rule: its output is the receipt. A store emptied since then is filled again only when a
 * page must be captured.
 */
export async function acquireOnce(
  root: RootContext,
  entry: LockEntry,
): Promise<'up to date' | 'in the store' | 'transferred'> {
  const recorded = await receiptInputs(root, taskOf(entry));
  if (recorded?.[0]?.sha256 === digestOf(entry)) return 'up to date';
  return (await acquireEntry(root, entry)).fromStore ? 'in the store' : 'transferred';
}

/** Made beside its place and moved there: a copy onto a link that another run made would go into the store. */
async function link(folder: string, acquired: Acquired, name: string): Promise<string> {
  const path = join(folder, name);
  const draft = join(folder, `.${name}.${String(process.pid)}.cliparity-tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await rm(draft, { force: true });
    // Where links need a privilege the user lacks, a copy serves as well.
    await symlink(acquired.binaryPath, draft).catch(() => copyFile(acquired.binaryPath, draft));
    await rename(draft, path);
    return path;
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw writeFailure(path, cause);
  }
}

const linkName = (root: RootContext, target: Target): string =>
  `${root.manifest.binary}-${target.id}${target.os === 'windows' ? '.exe' : ''}`;

/** `acquire CLI VERSION`: every target asked for, from the store or its source. */
export async function acquireVersion(bench: Workbench, request: AcquireVersionRequest): Promise<Result> {
  const root = await openRootContext(bench, request.cli);
  const version = await lockedVersionOf(root, request.version);
  const lock = await lockOf(root);
  const targets = await targetsOf(root, request.targets);
  const entries = targets.map((target) => ({ target, entry: findEntry(lock, version, target.id) }));
  const done: { target: string; path: string; bytes: number; source: string }[] = [];
  for (const { target, entry } of entries) {
    const acquired = await acquireEntry(root, entry);
    const path =
      request.link === undefined ? acquired.binaryPath : await link(request.link, acquired, linkName(root, target));
    done.push({
      target: target.id,
      path,
      bytes: acquired.downloadedBytes,
      source: acquired.fromStore ? 'store' : entry.locator,
    });
  }
  const rows = done.map((d) => [d.target, d.source, megabytes(d.bytes), d.path]);
  return {
    kind: 'acquired',
    schema_version: 1,
    data: {
      cli: root.name,
      version,
      artifacts: done.map(({ target, path, bytes, source }) => ({ target, path, downloaded_bytes: bytes, source })),
    },
    view: {
      headline: `${root.name} ${version}: ${done.length} artifacts in the store, verified`,
      tone: 'good',
      tables: [
        {
          columns: [
            { title: 'target' },
            { title: 'from' },
            { title: 'transferred', align: 'right' },
            { title: 'path' },
          ],
          rows,
        },
      ],
    },
  };
}
