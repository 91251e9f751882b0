import { basename } from 'node:path';
import { checkLocator, exportBundle, importBundle, mergeEntry, writeLock } from '@cliparity/acquisition';
import { withRootLock, writeAtomic, writeFailure } from '@cliparity/manifest-store';
import { CliparityError, FindingError, type Lock, type LockEntry, type Result } from '@cliparity/model';
import {
  lockOf,
  lockedVersionOf,
  openRootContext,
  sourcesOf,
  targetsOf,
  type RootContext,
} from '../base/root-context.js';
import { megabytes } from '../views/lock-view.js';
import type { Workbench } from '../base/workbench.js';

export interface LockExportRequest {
  readonly cli: string;
  readonly version: string;
  /** The bundle to write; absolute. */
  readonly file: string;
  readonly targets?: readonly string[] | undefined;
}
export interface LockImportRequest {
  readonly cli: string;
  /** The bundle to read; absolute. */
  readonly file: string;
}

const same = (a: LockEntry, b: LockEntry): boolean =>
  a.semantic_version === b.semantic_version && a.target_triple === b.target_triple;

const shown = ({ semantic_version, target_triple, binary_sha256 }: LockEntry): string[] => [
  semantic_version,
  target_triple,
  binary_sha256.slice(0, 16),
];

function tableOf(entries: readonly LockEntry[]) {
  const columns = [{ title: 'version' }, { title: 'target' }, { title: 'binary sha256' }];
  return { columns, rows: entries.map(shown) };
}

/** A name as it is typed in a shell. */
const typed = (name: string): string => (/^[\w.+-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`);

/** `lock export CLI VERSION FILE`: the entries of a version and their binaries as one file. What the store lacks is fetched. */
export async function lockExport(bench: Workbench, request: LockExportRequest): Promise<Result> {
  const root = await openRootContext(bench, request.cli);
  const version = await lockedVersionOf(root, request.version);
  const whole = await lockOf(root);
  const targets = await targetsOf(root, request.targets);
  const asked = request.targets === undefined ? undefined : new Set(targets.map(({ id }) => id));
  const artifacts = whole.artifacts.filter(
    (entry) => entry.semantic_version === version && (asked?.has(entry.target_triple) ?? true),
  );
  const { io, store } = bench;
  const lock: Lock = { ...whole, artifacts };
  const sources = await sourcesOf(root);
  const told = await exportBundle({ lock, into: request.file, sources, store, io }).catch((error: unknown) => {
    throw error instanceof CliparityError ? error : writeFailure(request.file, error);
  });
  return {
    kind: 'exported',
    schema_version: 1,
    data: { cli: root.name, version, format: 'bundle', file: told.path, artifacts, size_bytes: told.size },
    view: {
      headline: `${root.name} ${version}: ${told.entries} artifacts, ${megabytes(told.size)} in ${told.path}`,
      tone: 'good',
      tables: [tableOf(artifacts)],
      next: [`On the other side: cliparity lock import ${root.name} ${typed(basename(request.file))}`],
    },
  };
}

/** Why a bundle is none for this root; undefined when it is. */
function misfit(lock: Lock, root: RootContext): string | undefined {
  if (lock.tool !== root.manifest.tool) return `carries ${lock.tool}, but ${root.name} is ${root.manifest.tool}`;
  return lock.artifacts.flatMap(checkLocator)[0];
}

function checkFits(lock: Lock, root: RootContext, file: string): void {
  const problem = misfit(lock, root);
  if (problem === undefined) return;
  throw new FindingError('BUNDLE_INVALID', `${file}: ${problem}`, {
    where: file,
    remedy: 'Make the bundle from the same upstream with cliparity lock export, or name its root.',
  });
}

/** The lock with what only the bundle pins. What both pin must be the same binary. Throws LOCK_ENTRY_CHANGED. */
function merged(own: Lock, carried: Lock): { readonly lock: Lock; readonly added: readonly LockEntry[] } {
  const added = carried.artifacts.filter((entry) => !own.artifacts.some((other) => same(other, entry)));
  const compared = carried.artifacts.reduce((lock, entry) => mergeEntry(lock, entry), own);
  return { lock: added.length === 0 ? own : { ...compared, artifacts: [...own.artifacts, ...added] }, added };
}

/**
 * `lock import CLI FILE`: takes the binaries of a bundle into the store and pins what the lock does not know yet. What the lock pins already stays
 * as it is, and must be the same. Throws BUNDLE_INVALID, BUNDLE_MISSING, LOCK_ENTRY_CHANGED, ARCHIVE_*, DISK_FULL, STORE_NOT_WRITABLE.
 */
export async function lockImport(bench: Workbench, { cli, file }: LockImportRequest): Promise<Result> {
  const root = await openRootContext(bench, cli);
  const { io, store } = bench;
  const accept = async (lock: Lock): Promise<void> => {
    checkFits(lock, root, file);
    merged(await lockOf(root), lock);
  };
  const carried = await importBundle({ path: file, store, io, accept });
  const added = await withRootLock(root, async () => {
    const next = merged(await lockOf(root), carried);
    if (next.added.length > 0) await writeAtomic(root.layout.lock, writeLock(next.lock));
    return next.added;
  });
  const { artifacts } = carried;
  const news = added.length === 0 ? 'the lock knew them all' : `${added.length} of them are new in the lock: review it`;
  return {
    kind: 'imported',
    schema_version: 1,
    data: { cli: root.name, file, artifacts, added, lock: root.ref(root.layout.lock).name },
    view: {
      headline: `${root.name}: ${artifacts.length} artifacts taken into the store; ${news}`,
      tone: 'good',
      tables: [tableOf(artifacts)],
    },
  };
}
