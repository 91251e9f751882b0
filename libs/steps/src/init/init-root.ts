import { isAbsolute, join, relative } from 'node:path';
import { listRoots, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { UsageError, type Manifest, type Result } from '@cliparity/model';
import {
  completeAnswers,
  extrasOf,
  makesRoot,
  npmPackageOf,
  type InitExtras,
  type InitRequest,
} from './init-answers.js';
import { mustAgree, mustBeUsable } from './init-checks.js';
import { detectPlace, type Place } from './init-detect.js';
import { planFiles, type NewRoot, type PlannedFile } from './init-files.js';
import { newManifest } from './init-manifest.js';
import { askRegistry } from './init-registry.js';
import { learnShape } from './init-shape.js';
import { startedResult } from '../views/init-view.js';
import type { Workbench } from '../base/workbench.js';

/** Everything that `init` would write. */
export interface InitPlan {
  readonly place: Place;
  readonly extras: InitExtras;
  /** The root to be made; absent when only what is around the roots is written. */
  readonly root: NewRoot | undefined;
  /** Roots that are there already. */
  readonly known: readonly string[];
  readonly files: readonly PlannedFile[];
  readonly notes: readonly string[];
  /** A version of the upstream that is known to be there. */
  readonly version: string | undefined;
}

/** The newest version of a source that lies on this machine; whoever must ask the network is asked by `watch`. */
async function knownVersion(bench: Workbench, manifest: Manifest, name: string): Promise<string | undefined> {
  const [use] = manifest.sources;
  if (use?.use !== 'local') return undefined;
  const source = await bench.kernel.source(use, join(bench.manifests, name));
  for await (const release of source.releases(bench.io)) if (!release.prerelease) return release.version;
  return undefined;
}

function mustBeInside({ workspace, manifests }: Workbench): void {
  const way = relative(workspace, manifests);
  if (way !== '' && !way.startsWith('..') && !isAbsolute(way)) return;
  throw new UsageError('INIT_FOLDER_OUTSIDE', `the folder of the roots is not below the workspace ${workspace}`, {
    where: manifests,
    remedy: 'Name a folder below it with --manifests, or the workspace with -C.',
  });
}

interface Learnt {
  readonly root: NewRoot;
  readonly notes: readonly string[];
  readonly version: string | undefined;
}

/** With `network` the registry’s word about the package stands before that of the installed one. */
async function informed(bench: Workbench, request: InitRequest, place: Place): Promise<Place> {
  const name = request.network === true ? npmPackageOf(request, place) : undefined;
  if (name === undefined) return place;
  return { ...place, upstreams: [await askRegistry(bench, name), ...place.upstreams] };
}

async function newRoot(bench: Workbench, request: InitRequest, found: Place): Promise<Learnt> {
  const place = await informed(bench, request, found);
  const answers = completeAnswers(request, place);
  const shape = await learnShape(bench, answers, place);
  const manifest = newManifest(answers, shape);
  // What is written must work: the same checks as when the root is opened.
  await bench.kernel.dialect(answers.dialect);
  for (const use of manifest.sources) await bench.kernel.source(use, join(bench.manifests, answers.name));
  const version = shape.version ?? (await knownVersion(bench, manifest, answers.name));
  return { root: { answers, manifest }, notes: shape.notes, version };
}

/**
 * Completes the request, learns how the upstream ships its program, and plans the files. Writes nothing; the network only with `network`.
 * Where the root is there and nothing is said about it, only what is around the roots is planned.
 * @param version of this command
 * Errors: those of `mustAgree`, `mustBeUsable`, `completeAnswers`, of the registry, TARGET_UNKNOWN, DIALECT_UNKNOWN, SOURCE_SETTINGS_INVALID, INIT_FOLDER_OUTSIDE
 */
export async function planInit(bench: Workbench, request: InitRequest, version: string): Promise<InitPlan> {
  mustBeInside(bench);
  mustAgree(request);
  mustBeUsable(request);
  const place = await detectPlace(bench.workspace);
  const known = await listRoots(bench.workspace, bench.manifests);
  const extras = extrasOf(request);
  const learnt = makesRoot(request, known) ? await newRoot(bench, request, place) : undefined;
  const parts = { bench, place, extras, root: learnt?.root, version, force: request.force === true };
  const { files, notes } = await planFiles(parts);
  return {
    place,
    extras,
    root: learnt?.root,
    known,
    files,
    notes: [...(learnt?.notes ?? []), ...notes],
    version: learnt?.version,
  };
}

/** @throws UsageError INIT_WOULD_OVERWRITE */
function mustNotOverwrite(files: readonly PlannedFile[]): void {
  const taken = files.filter(({ fate }) => fate === 'conflict').map(({ path }) => path);
  if (taken.length === 0) return;
  throw new UsageError(
    'INIT_WOULD_OVERWRITE',
    `init was here before, or somebody else: ${taken.join(', ')} would be replaced`,
    {
      where: taken[0],
      remedy: 'Give the root another name, edit the files by hand, or replace them with --force.',
    },
  );
}

const WRITTEN: readonly PlannedFile['fate'][] = ['new', 'changed', 'replaced'];

/**
 * Writes what was planned; with `dryRun` only tells it.
 * @throws UsageError INIT_WOULD_OVERWRITE; CouldNotRun WRITE_FAILED
 */
export async function applyInit(bench: Workbench, plan: InitPlan, dryRun: boolean): Promise<Result> {
  if (!dryRun) {
    mustNotOverwrite(plan.files);
    const written = plan.files.filter(({ fate }) => WRITTEN.includes(fate));
    const name = plan.root?.answers.name ?? plan.known[0] ?? 'init';
    const root = { name, path: join(bench.manifests, name), workspace: bench.workspace };
    // The lock lies in the workspace’s own folder: where nothing is written, none is made.
    if (written.length > 0) {
      await withRootLock(root, async () => {
        for (const { path, text } of written) await writeAtomic(join(bench.workspace, path), text);
      });
    }
  }
  return startedResult(plan, dryRun);
}
