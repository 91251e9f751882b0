import { serialize, SnapshotSchema, type Snapshot } from '@cliparity/model';
import type { FileRef, FileSet } from '@cliparity/plugin-api';
import { assembleSnapshot, snapshotProvenance, type SnapshotParts } from '@cliparity/surface';
import { fileSetOfTexts, jsonOf } from '../base/file-set.js';
import type { DerivedStep } from '../base/run-step.js';
import { snapshotView } from '../views/snapshot-view.js';
import { digestsOfProvenance } from './provenance-digests.js';

/** What the crawl and the dialect bring; asked for only when the snapshot is not up to date. */
export type Captured = Pick<SnapshotParts, 'pages' | 'versionOutput' | 'features' | 'omissions'>;

export interface SnapshotParams {
  readonly cli: string;
  readonly file: FileRef;
  readonly known: Omit<SnapshotParts, keyof Captured>;
  /** Pages from the page store, from the binary where the store lacks them. */
  readonly capture: () => Promise<Captured>;
}

function shown(params: SnapshotParams, files: FileSet, how: string) {
  const snapshot = jsonOf(files, params.file.name) as Snapshot;
  return snapshotView({ cli: params.cli, snapshot, file: params.file.name, how });
}

/** pages → snapshot */
export const snapshotStep: DerivedStep<SnapshotParams> = {
  id: 'snapshot',
  revision: 1,
  inputs: () => [],
  outputs: ({ file }) => [file],
  expected: ({ known }) => digestsOfProvenance(snapshotProvenance(known)),
  recorded: ({ name }, bytes) => recordedDigests(name, bytes),
  present: (params, outputs) => shown(params, outputs, 'up to date'),
  run: async (params) => {
    const snapshot = assembleSnapshot({ ...params.known, ...(await params.capture()) });
    const write = fileSetOfTexts([[params.file.name, serialize(SnapshotSchema, snapshot)]]);
    return { write, result: shown(params, write, 'derived') };
  },
};

/** The digests a snapshot or union records; undefined when the file is not one of version 3. */
export function recordedDigests(name: string, bytes: Uint8Array) {
  try {
    const json = jsonOf({ get: () => bytes, names: () => [name] }, name) as Partial<Snapshot> | null;
    if (json?.snapshot_schema_version !== 3 || json.provenance === undefined) return undefined;
    return digestsOfProvenance(json.provenance);
  } catch {
    // Not JSON, or not UTF-8: a damaged output is an output that is not up to date.
    return undefined;
  }
}
