import { digestOf } from '@cliparity/model';
import type {
  Features,
  LockEntry,
  Manifest,
  OperatingSystem,
  PageSurface,
  Provenance,
  Supplement,
} from '@cliparity/model';

/** One page that the crawl brought and what the dialect reads in it. */
export interface ReadPage {
  readonly path: readonly string[];
  readonly surface: PageSurface;
  /** SHA-256 of the page's text. */
  readonly help_sha256: string;
  readonly text?: string;
}

/** Everything a snapshot is made of. */
export interface SnapshotParts {
  readonly manifest: Manifest;
  readonly entry: LockEntry;
  readonly target: { readonly id: string; readonly os: OperatingSystem; readonly arch: string };
  /** In the order of the crawl; of two pages of one command the first counts, the later one fills in. */
  readonly pages: readonly ReadPage[];
  /** What `--version` printed, trimmed. */
  readonly versionOutput: string;
  readonly features?: Features | undefined;
  /** What the crawl could not reach, in its words. */
  readonly omissions: readonly string[];
  readonly supplement?: Supplement | undefined;
  readonly dialect: { readonly id: string; readonly revision: number };
  readonly settingsSha256: string;
  /** RFC 3339 in UTC: the lock entry's `published_at`, or SOURCE_DATE_EPOCH. */
  readonly collectedAt: string;
}

/**
 * The provenance a snapshot of these parts carries. Needs no page, so a step can ask whether a committed snapshot is up to date before it
 * starts anything. `lock-entry` is the digest of what identifies the binary in its lock entry (never of who else provides it), `manifest` of the
 * manifest's keys that reach a snapshot, `supplement` of the supplement file.
 */
export function snapshotProvenance(parts: Omit<SnapshotParts, 'pages' | 'versionOutput' | 'omissions'>): Provenance {
  const { manifest, entry, supplement, dialect } = parts;
  const { semantic_version, target_triple, binary_sha256, binary_size_bytes, tree_sha256 } = entry;
  const binary = { semantic_version, target_triple, binary_sha256, binary_size_bytes, tree_sha256 };
  const settings = { tool: manifest.tool, binary: manifest.binary, texts: manifest.texts };
  return {
    dialect: { id: dialect.id, revision: dialect.revision },
    settings_sha256: parts.settingsSha256,
    inputs: [
      { name: 'lock-entry', sha256: digestOf({ ...binary, collected_at: parts.collectedAt }) },
      { name: 'manifest', sha256: digestOf(settings) },
      ...(supplement === undefined ? [] : [{ name: 'supplement', sha256: digestOf(supplement) }]),
    ],
  };
}
