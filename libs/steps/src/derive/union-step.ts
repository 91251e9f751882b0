import { serialize, sha256, UnionSchema, type Snapshot, type TargetId, type Union } from '@cliparity/model';
import type { FileRef, FileSet } from '@cliparity/plugin-api';
import { mergeUnion, readSnapshots } from '@cliparity/surface';
import { fileSetOfTexts, jsonOf } from '../base/file-set.js';
import type { DerivedStep, InputDigest } from '../base/run-step.js';
import { unionView } from '../views/union-view.js';
import { digestOfTargets } from './target-digest.js';
import { digestsOfProvenance } from './provenance-digests.js';
import { recordedDigests } from './snapshot-step.js';

export interface UnionParams {
  readonly cli: string;
  readonly version: string;
  /** Snapshot files of the expected targets that exist. */
  readonly snapshots: readonly FileRef[];
  readonly file: FileRef;
  readonly expectedTargets: readonly TargetId[];
  readonly requiredTarget: TargetId;
}

/** Digests of the snapshot files, by target, and of the list of targets. */
function inputDigests(params: UnionParams, read: FileSet): readonly InputDigest[] {
  const files = params.snapshots.flatMap(({ name }) => {
    const bytes = read.get(name);
    return bytes === undefined ? [] : [{ name, sha256: sha256(bytes) }];
  });
  return [...files, { name: 'targets', sha256: digestOfTargets(params.expectedTargets, params.requiredTarget) }];
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function snapshotsOf(params: UnionParams, read: FileSet): Snapshot[] {
  const texts = params.snapshots.flatMap(({ name }) => {
    const bytes = read.get(name);
    return bytes === undefined ? [] : [decoder.decode(bytes)];
  });
  return readSnapshots(texts);
}

const shown = (params: UnionParams, files: FileSet, how: string) =>
  unionView({ cli: params.cli, union: jsonOf(files, params.file.name) as Union, file: params.file.name, how });

/** snapshots → union */
export const unionStep: DerivedStep<UnionParams> = {
  id: 'union',
  revision: 1,
  inputs: ({ snapshots }) => snapshots,
  outputs: ({ file }) => [file],
  expected: (params, read) => {
    const snapshots = snapshotsOf(params, read);
    const [first] = snapshots;
    if (first === undefined) return undefined;
    const { dialect, settings_sha256 } = first.provenance;
    const oneSetting = snapshots.every((s) => s.provenance.settings_sha256 === settings_sha256);
    return digestsOfProvenance({
      ...(dialect !== undefined && { dialect }),
      ...(oneSetting && settings_sha256 !== undefined && { settings_sha256 }),
      inputs: [...inputDigests(params, read)],
    });
  },
  recorded: ({ name }, bytes) => recordedDigests(name, bytes),
  present: (params, outputs) => shown(params, outputs, 'up to date'),
  run: async (params, read) => {
    const union = mergeUnion({
      snapshots: snapshotsOf(params, read),
      expectedTargets: params.expectedTargets,
      requiredTarget: params.requiredTarget,
      inputs: [...inputDigests(params, read)],
    });
    const write = fileSetOfTexts([[params.file.name, serialize(UnionSchema, union)]]);
    return { write, result: shown(params, write, 'derived') };
  },
};
