import type { LockEntry, Manifest, OperatingSystem, Provenance, TargetId } from '@cliparity/model';
import type { RootView } from '../engine/root-view.js';
import type { RootMemo } from './root-memo.js';
import type { VersionRecords } from './version-records.js';

/** What the content rules are told beside the files: all that follows from the manifest and the plugins in use, never from clock or host. */
export interface RootFacts {
  readonly view: RootView;
  /** What stands before paths in findings and in recorded digests: the root's folder relative to the workspace, with a slash at its end. */
  readonly prefix: string;
  readonly manifest: Manifest;
  /** The operating system of each expected target. */
  readonly systems: Readonly<Record<TargetId, OperatingSystem>>;
  /** The provenance a snapshot of this lock entry would carry if it were taken today; without it staleness of snapshots is not judged. */
  readonly provenanceOf?: ((entry: LockEntry) => Provenance | undefined) | undefined;
  /** Saves work over many versions; `validateRoot` brings one of its own. */
  readonly memo?: RootMemo | undefined;
  /** What was found clean before; without them every version is judged. */
  readonly records?: VersionRecords | undefined;
  /** What does not fit between an entry's locators and its version and target, as sentences. */
  readonly checkLocator?: ((entry: LockEntry) => readonly string[]) | undefined;
}
