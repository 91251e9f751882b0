import { FindingError, type Lock, type LockEntry } from '@cliparity/model';

/** The first member of a bundle: which entries it carries. */
export const BUNDLE_LOCK = 'artifacts.lock.json';
/** Where a file of a bundle lies: named by what it holds. */
export const bundleFile = (sha256: string): string => `files/${sha256}`;

/** A file that entries need. */
export interface NeededFile {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** BUNDLE_INVALID: a file is no bundle, or not a whole and sound one. */
export function badBundle(where: string, message: string): FindingError {
  return new FindingError('BUNDLE_INVALID', `${where}: ${message}`, {
    where,
    remedy: 'Make the bundle anew with cliparity lock export and carry it over again.',
  });
}

/** The files behind an entry. Pure. */
export function neededBy(entry: LockEntry): readonly NeededFile[] {
  if (entry.kind === 'tree') return (entry.members ?? []).map(({ sha256, size }) => ({ sha256, size }));
  return [{ sha256: entry.binary_sha256, size: entry.binary_size_bytes }];
}

/** The files behind a lock, each once, in the order of their digests: equal locks make equal bundles. Pure. */
export function neededFiles(lock: Lock): readonly NeededFile[] {
  const files = new Map(lock.artifacts.flatMap(neededBy).map((file) => [file.sha256, file]));
  return [...files.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}
