import { provenanceText } from '@cliparity/acquisition';
import type { LockEntry, Result } from '@cliparity/model';

export interface LockShown {
  readonly cli: string;
  readonly version: string;
  readonly entries: readonly LockEntry[];
  readonly file: string;
}

/** Bytes as people read them. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** What was pinned: one row a target. */
export function lockView({ cli, version, entries, file }: LockShown): Result {
  return {
    kind: 'lock',
    schema_version: 1,
    data: { cli, version, file, artifacts: entries },
    view: {
      headline: `${cli} ${version}: ${entries.length} artifacts pinned`,
      tone: 'good',
      lines: [file],
      tables: [
        {
          columns: [
            { title: 'target' },
            { title: 'locator' },
            { title: 'kind' },
            { title: 'asset', align: 'right' },
            { title: 'binary sha256' },
            { title: 'vouched for by' },
          ],
          rows: entries.map((e) => [
            e.target_triple,
            e.locator,
            e.kind,
            megabytes(e.size_bytes),
            e.binary_sha256.slice(0, 16),
            provenanceText(e.provenance),
          ]),
        },
      ],
      next: [`cliparity report ${cli} ${version} --chain`],
    },
  };
}
