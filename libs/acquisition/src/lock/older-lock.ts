import { FindingError, type ArchiveFormat, type LockEntry } from '@cliparity/model';
import { compareBytes, compareVersions } from '@cliparity/model';
import { readLock } from './lock-file.js';

/** An entry of an older root's lock: what those locks say, in our words. They do not pin the binary inside the asset. */
export type OlderLockEntry = Pick<
  LockEntry,
  'semantic_version' | 'target_triple' | 'asset_name' | 'sha256' | 'size_bytes'
> & {
  /** As the file says it; may be a pseudo URL such as `committed:…`. */
  readonly download_url: string;
  /** In our notation; absent when nothing can be fetched from it. */
  readonly locator?: string;
  readonly format?: ArchiveFormat;
};

/** Any lock. `shape` names the family of the older ones by what their rows call the version. */
export type AnyLock =
  | { readonly version: 2; readonly tool: string; readonly entries: readonly LockEntry[] }
  | { readonly version: 1; readonly shape: string; readonly entries: readonly OlderLockEntry[] };

type Row = Readonly<Record<string, unknown>>;

const text = (row: Row, key: string): string | undefined => (typeof row[key] === 'string' ? row[key] : undefined);

const FORMATS: readonly (readonly [RegExp, ArchiveFormat])[] = [
  [/\.(tar\.gz|tgz)$/, 'tar.gz'],
  [/\.(tar\.xz|txz)$/, 'tar.xz'],
  [/\.tar\.zst$/, 'tar.zst'],
  [/\.tar$/, 'tar'],
  [/\.zip$/, 'zip'],
  [/\.gz$/, 'gz'],
  [/\.json$/, 'bare'],
];

/** The format that a file name tells; a name without a known ending is a bare binary. */
export function formatOf(assetName: string): ArchiveFormat {
  return FORMATS.find(([ending]) => ending.test(assetName.toLowerCase()))?.[1] ?? 'bare';
}

function versionKeyOf(row: Row): string | undefined {
  if (text(row, 'semantic_version') !== undefined) return 'semantic_version';
  return Object.keys(row).find(
    (key) => key.endsWith('_version') && key !== 'package_version' && text(row, key) !== undefined,
  );
}

function locatorOf(row: Row, url: string): string | undefined {
  const [name, version] = [text(row, 'package_name'), text(row, 'package_version')];
  if (url.startsWith('npm:')) {
    return name !== undefined && version !== undefined ? `npm:${name}@${version}` : url.replace(/#.*$/, '');
  }
  return /^https?:\/\//.test(url) ? url : undefined;
}

function olderEntry(value: unknown): OlderLockEntry | undefined {
  const row = value as Row;
  const version = text(row, versionKeyOf(row) ?? '');
  const [target, name, url, sha256] = ['target_triple', 'asset_name', 'download_url', 'sha256'].map((key) =>
    text(row, key),
  );
  const size = row['size_bytes'];
  if (version === undefined || target === undefined || name === undefined || url === undefined) return undefined;
  if (sha256 === undefined || typeof size !== 'number') return undefined;
  const locator = locatorOf(row, url);
  return {
    semantic_version: version,
    target_triple: target,
    asset_name: name,
    sha256,
    size_bytes: size,
    download_url: url,
    ...(locator !== undefined && { locator }),
    format: formatOf(name),
  };
}

function unreadable(where: string, what: string): FindingError {
  return new FindingError('LOCK_INVALID', `${where}: ${what}`, {
    where,
    remedy: 'Restore the file from version control.',
  });
}

function readOlder(rows: readonly unknown[], where: string): AnyLock {
  const entries = rows.map((row, index) => {
    const entry = row !== null && typeof row === 'object' ? olderEntry(row) : undefined;
    if (entry === undefined)
      throw unreadable(`${where}#/artifacts/${index}`, 'the row lacks a version, target, name, URL, sha256 or size');
    return entry;
  });
  const key = rows.length === 0 ? 'unknown' : (versionKeyOf(rows[0] as Row) ?? 'unknown');
  const sorted = entries.sort(
    (a, b) => compareVersions(a.semantic_version, b.semantic_version) || compareBytes(a.target_triple, b.target_triple),
  );
  return { version: 1, shape: key.replace(/_version$/, ''), entries: sorted };
}

/**
 * Reads a lock of ours (version 2) or one of the three older shapes, which differ in what they call the version and in their heads.
 * Throws LOCK_INVALID naming the place. Source: parity-formats 1.4.
 */
export function readAnyLock(content: string, where: string): AnyLock {
  const value: unknown = tryParse(content, where);
  const head = value !== null && typeof value === 'object' ? (value as Row) : {};
  if (head['version'] === 2) {
    const lock = readLock(content, where);
    return { version: 2, tool: lock.tool, entries: lock.artifacts };
  }
  const older = head['version'] === 1 || head['schema_version'] === 1;
  if (!older || !Array.isArray(head['artifacts']))
    throw unreadable(where, 'neither a lock of version 2 nor an older one');
  return readOlder(head['artifacts'], where);
}

function tryParse(content: string, where: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw unreadable(where, `not JSON: ${(cause as Error).message}`);
  }
}
