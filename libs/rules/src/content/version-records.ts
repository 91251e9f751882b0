import { canonicalText, digestOf, sha256, type LockEntry } from '@cliparity/model';
import { entriesOf, type RootView } from '../engine/root-view.js';
import type { RootFacts } from './root-facts.js';
import type { RootFile } from './root-file.js';

/**
 * Which versions of a root were clean when they were last judged. A version is passed over only when everything it was judged by is as it was
 * then: its files, by stamps that no change of a file keeps, and all else by value. Versions with findings are never passed over.
 */
export interface VersionRecords {
  /** The digests of versions found clean before. */
  readonly known: ReadonlyMap<string, string>;
  /**
   * Tells one state of a file from every other without reading it.
   * @returns undefined where that cannot be told: no plain file, or one that changed a moment ago
   */
  readonly stampOf: (path: string) => string | undefined;
  /** Called for every version that is clean. */
  readonly note: (version: string, digest: string) => void;
}

/** What versions are judged by besides their own files. */
export interface JudgedBy {
  readonly facts: RootFacts;
  readonly entries: ReadonlyMap<string, readonly LockEntry[]>;
  readonly supplement: unknown;
  readonly wrapper: RootFile<unknown> | undefined;
  readonly isWrapperBroken: boolean;
}

/** Asks the records about versions; without records it never passes one over. */
export interface RecordKeeper {
  /** The digest under which the version is recorded when it turns out clean; undefined where nothing can be recorded. */
  digest(version: string): string | undefined;
}

/** A keeper for one run: what all versions share is digested once. */
export function recordKeeper(by: JudgedBy): RecordKeeper {
  const { facts, entries } = by;
  const { records, manifest, systems, prefix } = facts;
  if (records === undefined) return { digest: () => undefined };
  const { supplement, isWrapperBroken, wrapper } = by;
  const wrapperText = wrapper === undefined ? '' : sha256(wrapper.text);
  const shared = digestOf({ prefix, manifest, systems, supplement, isWrapperBroken, wrapperText });
  return {
    digest: (version) => {
      const files = filesOf(facts.view, version);
      const stamps = files?.map((path) => [path, records.stampOf(path)] as const);
      if (stamps === undefined || stamps.some(([, stamp]) => stamp === undefined)) return undefined;
      const locked = entries.get(version) ?? [];
      return sha256(
        canonicalText([shared, stamps, locked, locked.map((entry) => facts.provenanceOf?.(entry) ?? null)]),
      );
    },
  };
}

/** Every file of a version; undefined when something stands among them that is no plain file. */
function filesOf(view: RootView, version: string): readonly string[] | undefined {
  const folders = [`snapshots/${version}`, `reports/${version}`].flatMap((folder) =>
    entriesOf(view, folder).map(({ name, kind }) => ({ path: `${folder}/${name}`, kind })),
  );
  const metadata = entriesOf(view, 'versions').filter(({ name }) => name === `${version}.json`);
  const files = [...folders, ...metadata.map(({ name, kind }) => ({ path: `versions/${name}`, kind }))];
  return files.every(({ kind }) => kind === 'file') ? files.map(({ path }) => path) : undefined;
}
