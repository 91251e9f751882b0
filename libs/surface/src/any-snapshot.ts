import { FindingError } from '@cliparity/model';
import type { Snapshot, Union } from '@cliparity/model';
import { importSnapshotV1, importUnionV2 } from './older/import.js';
import type { SnapshotV1, UnionV2 } from './older/schema.js';

/** A snapshot or union of any version that we read, told apart by its kind. */
export type AnySnapshot =
  | { readonly kind: 'snapshot-v1'; readonly file: SnapshotV1 }
  | { readonly kind: 'union-v2'; readonly file: UnionV2 }
  | { readonly kind: 'snapshot-v3'; readonly file: Snapshot }
  | { readonly kind: 'union-v3'; readonly file: Union };
export type SnapshotKind = AnySnapshot['kind'];

/** Which of the four a parsed JSON value claims to be; says nothing about whether it is well made. */
export function snapshotKind(json: unknown): SnapshotKind | undefined {
  if (json === null || typeof json !== 'object') return undefined;
  const { snapshot_schema_version: version, mode, commands } = json as Record<string, unknown>;
  if (!Array.isArray(commands)) return undefined;
  if (version === 1 && mode === undefined) return 'snapshot-v1';
  if (version === 2 && mode === 'union') return 'union-v2';
  if (version === 3) return mode === 'union' ? 'union-v3' : mode === undefined ? 'snapshot-v3' : undefined;
  return undefined;
}

/**
 * Names the kind of a parsed file. The shape itself is the reader's business (`readJson` of manifest-store with the kind's schema).
 * @param where the file, for the error
 * Error: SURFACE_KIND_UNKNOWN.
 */
export function readAnySnapshot(json: unknown, where?: string): AnySnapshot {
  const kind = snapshotKind(json);
  if (kind === undefined)
    throw new FindingError(
      'SURFACE_KIND_UNKNOWN',
      'This is neither a snapshot (version 1 or 3) nor a union (2 or 3).',
      {
        where,
        remedy: 'Look at `snapshot_schema_version`, `mode` and `commands` of the file.',
      },
    );
  return { kind, file: json } as AnySnapshot;
}

/** Any snapshot or union as version 3; version 3 passes unchanged. Errors: SURFACE_KIND_UNKNOWN. */
export function importSnapshot(json: unknown, where?: string): Snapshot | Union {
  const read = readAnySnapshot(json, where);
  if (read.kind === 'snapshot-v1') return importSnapshotV1(read.file);
  return read.kind === 'union-v2' ? importUnionV2(read.file) : read.file;
}
