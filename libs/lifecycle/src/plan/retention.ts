import { compareVersions, type VersionStatus } from '@cliparity/model';
import { pointedAt, type RootPointers } from './pointers.js';

export interface RetentionParts {
  /** Versions that have any file: snapshots, reports or metadata. */
  readonly versions: readonly {
    readonly version: string;
    /** Undefined without metadata; `unreadable` where nobody can tell what the metadata says. */
    readonly status: VersionStatus | 'unreadable' | undefined;
  }[];
  readonly pointers: RootPointers;
  /** How many validated versions stay, newest first. */
  readonly keepLastValidated: number;
}
export interface RetentionPlan {
  readonly keep: readonly { readonly version: string; readonly why: string }[];
  /** Oldest first. */
  readonly remove: readonly string[];
  /** Folders and files to delete, relative to the root; whether each exists is for the caller. */
  readonly paths: readonly string[];
}

/**
 * What may go: versions that no pointer names, that are not among the last validated ones and that are older than the latest validated (what
 * is newer is work in progress). A version goes with its snapshots, reports and metadata, so that what is left validates.
 */
export function planRetention({ versions, pointers, keepLastValidated }: RetentionParts): RetentionPlan {
  const named = pointedAt(pointers);
  const sorted = [...versions].sort((a, b) => compareVersions(a.version, b.version));
  const validated = sorted.filter(({ status }) => status === 'validated' || status === 'supported');
  const last = new Set(
    validated.slice(Math.max(0, validated.length - keepLastValidated)).map(({ version }) => version),
  );
  const latest = pointers.rootValidated;
  const why = (version: string): string | undefined => {
    if (named.has(version)) return 'a pointer names it';
    if (last.has(version)) return `one of the last ${String(keepLastValidated)} validated versions`;
    if (latest === undefined) return 'nothing is validated yet';
    return compareVersions(version, latest) > 0 ? 'newer than the latest validated version' : undefined;
  };
  const judged = sorted.map(({ version, status }) => ({
    version,
    why: why(version) ?? (status === 'unreadable' ? 'its metadata cannot be read' : undefined),
  }));
  const remove = judged.filter((one) => one.why === undefined).map(({ version }) => version);
  return {
    keep: judged.flatMap(({ version, why: reason }) => (reason === undefined ? [] : [{ version, why: reason }])),
    remove,
    paths: remove.flatMap((version) => [`snapshots/${version}`, `reports/${version}`, `versions/${version}.json`]),
  };
}
