import { relative } from 'node:path';
import { emptyLock, lockedVersions, readLock } from '@cliparity/acquisition';
import { pointerVersion } from '@cliparity/lifecycle';
import { openRoot, readBytes, type Layout } from '@cliparity/manifest-store';
import { CliparityError, didYouMean, UsageError, type Lock, type Manifest } from '@cliparity/model';
import type { FileRef, Source, Target } from '@cliparity/plugin-api';
import type { Workbench } from './workbench.js';

/** One root, opened for work. */
export interface RootContext {
  readonly bench: Workbench;
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Absolute. */
  readonly workspace: string;
  readonly manifest: Manifest;
  readonly layout: Layout;
  /** A file of the root: named relative to the workspace, with forward slashes. */
  readonly ref: (path: string) => FileRef;
}

/**
 * Opens a root that this tool writes.
 * @throws UsageError ROOT_UNKNOWN, ROOT_OLDER; the errors of reading its manifest
 */
export async function openRootContext(bench: Workbench, cli: string): Promise<RootContext> {
  const root = await openRoot(bench.workspace, bench.manifests, cli);
  if (root.kind === 'older') {
    throw new UsageError(
      'ROOT_OLDER',
      `the root "${cli}" is in the older format, which this command does not work on`,
      {
        where: root.path,
        remedy:
          'On older roots work validate, union, report, rebuild, retain, matrix and due; for the rest write a cliparity.json beside its RULES.json.',
      },
    );
  }
  const { required, expected } = root.manifest.targets;
  if (!expected.includes(required)) {
    throw new UsageError(
      'REQUIRED_TARGET_NOT_EXPECTED',
      `the required target ${required} is not among targets.expected`,
      {
        where: root.layout.manifest,
        remedy: `Add it, or require one of ${expected.join(', ')}.`,
      },
    );
  }
  const ref = (path: string): FileRef => ({ name: relative(bench.workspace, path).replaceAll('\\', '/'), path });
  return {
    bench,
    name: root.name,
    path: root.path,
    workspace: root.workspace,
    manifest: root.manifest,
    layout: root.layout,
    ref,
  };
}

/** The root's lock; an empty one when the file is not there yet. */
export async function lockOf(root: RootContext): Promise<Lock> {
  const { name, path } = root.ref(root.layout.lock);
  try {
    return readLock(new TextDecoder().decode(await readBytes(path, { name })), name);
  } catch (error) {
    if (error instanceof CliparityError && error.code === 'FILE_MISSING') return emptyLock(root.manifest.tool);
    throw error;
  }
}

async function latestValidatedOf(root: RootContext): Promise<string> {
  const { name, path } = root.ref(root.layout.latestValidated);
  const text = await readBytes(path, { name }).catch(() => undefined);
  const version = pointerVersion(text === undefined ? undefined : new TextDecoder().decode(text));
  if (version !== undefined) return version;
  throw new UsageError('NOTHING_VALIDATED', `no version of ${root.name} is validated yet`, {
    where: name,
    remedy: `Verify one and promote it: cliparity verify ${root.name} newest, then cliparity promote ${root.name} newest`,
  });
}

/**
 * A bare version as it is, locked or not; `newest` is the newest in the lock, `latest_validated` what its pointer names.
 * @throws UsageError LOCK_EMPTY, NOTHING_VALIDATED
 */
export async function versionOf(root: RootContext, word: string): Promise<string> {
  if (word === 'latest_validated') return latestValidatedOf(root);
  if (word !== 'newest') return word;
  const newest = lockedVersions(await lockOf(root)).at(-1);
  if (newest !== undefined) return newest;
  throw new UsageError('LOCK_EMPTY', `nothing is locked for ${root.name}, so there is no newest version`, {
    where: root.ref(root.layout.lock).name,
    remedy: `Pin a version: cliparity lock ${root.name} VERSION`,
  });
}

/**
 * As `versionOf`, for what is done with a version that is pinned already.
 * @throws UsageError LOCK_VERSION_UNKNOWN, which names the nearest
 */
export async function lockedVersionOf(root: RootContext, word: string): Promise<string> {
  const version = await versionOf(root, word);
  const known = lockedVersions(await lockOf(root));
  if (known.includes(version)) return version;
  const newest = known.at(-1);
  const hint =
    newest === undefined ? ' Nothing is locked yet.' : `${didYouMean(version, known)} The newest is ${newest}.`;
  throw new UsageError('LOCK_VERSION_UNKNOWN', `${root.name} ${version} is not locked.${hint}`, {
    where: root.ref(root.layout.lock).name,
    remedy: `Pin it: cliparity lock ${root.name} ${version}`,
  });
}

/** The sources that the manifest names, in its order. */
export async function sourcesOf(root: RootContext): Promise<readonly Source[]> {
  const uses = root.manifest.sources;
  return Promise.all(
    uses.map((use) => root.bench.kernel.source(use, root.layout.root, root.ref(root.layout.manifest).name)),
  );
}

/** The targets asked for, by id or by another name of theirs; every expected one when none is. */
export async function targetsOf(root: RootContext, asked: readonly string[] | undefined): Promise<readonly Target[]> {
  const { targets } = root.bench.kernel;
  const expected = await Promise.all(root.manifest.targets.expected.map((name) => targets.find(name)));
  if (asked === undefined) return expected;
  return asked.map((name) => {
    const found = expected.find(({ id }) => id === name) ?? expected.find(({ aliases = [] }) => aliases.includes(name));
    if (found !== undefined) return found;
    const ids = expected.map(({ id }) => id);
    const names = [...ids, ...expected.flatMap(({ aliases = [] }) => aliases)];
    throw new UsageError('TARGET_NOT_EXPECTED', `${root.name} has no target "${name}".${didYouMean(name, names)}`, {
      where: root.ref(root.layout.manifest).name,
      remedy: `Its targets: ${ids.join(', ')}.`,
    });
  });
}
