import { Ajv, type ErrorObject } from 'ajv';
import {
  compareBytes,
  compareVersions,
  didYouMean,
  FindingError,
  LockSchema,
  serialize,
  UsageError,
  type Lock,
  type LockEntry,
} from '@cliparity/model';
import { withKnownProvenance } from './provenance.js';

const validate = new Ajv({ strict: false, allErrors: false }).compile<Lock>(LockSchema);

/** The lock's order: version (semver, oldest first), then target (bytes). */
export function compareEntries(a: LockEntry, b: LockEntry): number {
  return compareVersions(a.semantic_version, b.semantic_version) || compareBytes(a.target_triple, b.target_triple);
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${where} is not JSON: ${(cause as Error).message}`;
    throw new FindingError('LOCK_INVALID', message, { where, remedy: 'Restore the file from version control.', cause });
  }
}

function invalid(where: string, error: ErrorObject | undefined): FindingError {
  const at = error?.instancePath === '' ? 'the file' : (error?.instancePath ?? 'the file');
  const extra = (error?.params as { additionalProperty?: string } | undefined)?.additionalProperty;
  const what = `${error?.message ?? 'is invalid'}${extra === undefined ? '' : ` ("${extra}")`}`;
  return new FindingError('LOCK_INVALID', `${where}: ${at} ${what}`, {
    where: `${where}#${error?.instancePath ?? ''}`,
    remedy: 'Restore the file from version control, or take the entry out and pin it anew with cliparity lock.',
  });
}

/** Reads `artifacts.lock.json`, version 2. Throws LOCK_INVALID naming the place. `where` is the file's path. */
export function readLock(text: string, where: string): Lock {
  const value = parsed(text, where);
  if (validate(value)) return value;
  throw invalid(where, validate.errors?.[0]);
}

/** A lock without entries. */
export function emptyLock(tool: string): Lock {
  return { version: 2, tool, artifacts: [] };
}

/** The file's bytes: canonical, entries in the lock's order, members in byte order. */
export function writeLock(lock: Lock): string {
  return serialize(LockSchema, { ...lock, artifacts: [...lock.artifacts].sort(compareEntries) });
}

const same = (a: LockEntry, b: LockEntry): boolean =>
  a.semantic_version === b.semantic_version && a.target_triple === b.target_triple;

/** Another executable, or one that comes with other files. */
const exchanged = (before: LockEntry, entry: LockEntry): boolean =>
  before.binary_sha256 !== entry.binary_sha256 ||
  (before.tree_sha256 ?? entry.tree_sha256) !== (entry.tree_sha256 ?? before.tree_sha256);

/**
 * Adds an entry, or replaces the one of its version and target. Throws LOCK_ENTRY_CHANGED when that would exchange the binary
 * of a published version, and PROVENANCE_CHANGED when others vouch for it, unless `replace` says that this is meant. `published_at`, once written, stays, and so do further providers.
 */
export function mergeEntry(lock: Lock, entry: LockEntry, options: { readonly replace?: boolean } = {}): Lock {
  const before = lock.artifacts.find((other) => same(other, entry));
  if (before !== undefined && exchanged(before, entry) && options.replace !== true) {
    const name = `${entry.semantic_version} for ${entry.target_triple}`;
    throw new FindingError('LOCK_ENTRY_CHANGED', `the binary of ${name} is not the one that was pinned before`, {
      where: entry.locator,
      remedy: 'A published version was exchanged. Find out why; then pin it anew with --force.',
    });
  }
  const known = before === undefined ? entry : withKnownProvenance(before, entry, options.replace === true);
  const times = before?.published_at === undefined ? {} : pickTimes(before);
  const artifacts = [
    ...lock.artifacts.filter((other) => !same(other, entry)),
    { ...known, ...times, ...keptProviders(before, known) },
  ];
  return { ...lock, artifacts: artifacts.sort(compareEntries) };
}

/** Further providers of the same binary stay listed although they were not asked this time. */
function keptProviders(before: LockEntry | undefined, entry: LockEntry): Pick<LockEntry, 'providers'> {
  if (before === undefined || before.binary_sha256 !== entry.binary_sha256) return {};
  const fresh = entry.providers ?? [];
  const asked = new Set([entry.locator, ...fresh.map((provider) => provider.locator)]);
  const kept = (before.providers ?? []).filter((provider) => !asked.has(provider.locator));
  return fresh.length + kept.length === 0 ? {} : { providers: [...fresh, ...kept] };
}

function pickTimes(entry: LockEntry): Partial<LockEntry> {
  const { published_at, published_at_source } = entry;
  return {
    ...(published_at !== undefined && { published_at }),
    ...(published_at_source !== undefined && { published_at_source }),
  };
}

/** The versions in a lock, oldest first. */
export function lockedVersions(lock: Lock): string[] {
  return [...new Set(lock.artifacts.map((entry) => entry.semantic_version))].sort(compareVersions);
}

/** The entry of a version and target. Throws UsageError LOCK_VERSION_UNKNOWN or LOCK_TARGET_UNKNOWN, naming the nearest known. */
export function findEntry(lock: Lock, version: string, target: string): LockEntry {
  const ofVersion = lock.artifacts.filter((entry) => entry.semantic_version === version);
  if (ofVersion.length === 0) {
    const known = lockedVersions(lock);
    const newest = known.length === 0 ? ' The lock is empty.' : ` The newest is ${known[known.length - 1] ?? ''}.`;
    throw new UsageError(
      'LOCK_VERSION_UNKNOWN',
      `${lock.tool} ${version} is not locked.${didYouMean(version, known)}${newest}`,
      {
        where: version,
        remedy: `Pin it: cliparity lock ${lock.tool} ${version}`,
      },
    );
  }
  const found = ofVersion.find((entry) => entry.target_triple === target);
  if (found !== undefined) return found;
  const targets = ofVersion.map((entry) => entry.target_triple);
  const message = `${lock.tool} ${version} has no artifact for ${target}.${didYouMean(target, targets)} Locked: ${targets.join(', ')}.`;
  throw new UsageError('LOCK_TARGET_UNKNOWN', message, {
    where: target,
    remedy: 'Choose a locked target, or add this one to cliparity.json and lock again.',
  });
}
