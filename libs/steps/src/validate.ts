import { relative } from 'node:path';
import { checkLocator } from '@cliparity/acquisition';
import { openRoot } from '@cliparity/manifest-store';
import {
  CliparityError,
  didYouMean,
  finding,
  UsageError,
  type Finding,
  type LockEntry,
  type Result,
} from '@cliparity/model';
import { folderView, validateOlderRoot, validateRoot } from '@cliparity/rules';
import { snapshotProvenance } from '@cliparity/surface';
import { systemsOf } from './report-version.js';
import { openRootContext, type RootContext } from './root-context.js';
import { rootsOf, type RootName } from './roots-of.js';
import { knownOfEntry, openDialect, type Reading } from './snapshot-version.js';
import { findingsResult } from './views/findings-view.js';
import type { Workbench } from './workbench.js';

/** `parity`: only what the reference’s validator says of an older root. `strict`: everything. */
export const PROFILES = ['parity', 'strict'] as const;
export type Profile = (typeof PROFILES)[number];

/** @throws UsageError PROFILE_UNKNOWN */
export function profileOf(word: string | undefined): Profile {
  const profile = PROFILES.find((known) => known === (word ?? 'strict'));
  if (profile !== undefined) return profile;
  throw new UsageError('PROFILE_UNKNOWN', `there is no profile "${word ?? ''}".${didYouMean(word ?? '', PROFILES)}`, {
    where: '--profile',
    remedy: `Known: ${PROFILES.join(', ')}.`,
  });
}

/** Undefined when the supplement is broken, which is a finding of its own: staleness is not judged then. */
async function readingOf(root: RootContext): Promise<Reading | undefined> {
  try {
    return await openDialect(root);
  } catch (error) {
    if (error instanceof CliparityError && error.code.startsWith('FILE_')) return undefined;
    throw error;
  }
}

async function currentFindings(bench: Workbench, cli: string): Promise<readonly Finding[]> {
  const root = await openRootContext(bench, cli);
  const reading = await readingOf(root);
  const targets = new Map<string, Awaited<ReturnType<typeof bench.kernel.targets.find>>>();
  for (const id of root.manifest.targets.expected) targets.set(id, await bench.kernel.targets.find(id));
  const provenanceOf = (entry: LockEntry) => {
    const target = targets.get(entry.target_triple);
    if (target === undefined || reading === undefined) return undefined;
    return snapshotProvenance(knownOfEntry(reading, entry, target));
  };
  const { findings } = await validateRoot({
    view: folderView(root.path),
    prefix: `${root.ref(root.path).name}/`,
    manifest: root.manifest,
    systems: await systemsOf(root),
    provenanceOf,
    checkLocator,
  });
  return findings;
}

async function olderFindings(bench: Workbench, cli: string, profile: Profile): Promise<readonly Finding[]> {
  const { path } = await openRoot(bench.workspace, bench.manifests, cli);
  const prefix = `${relative(bench.workspace, path).replaceAll('\\', '/')}/`;
  return validateOlderRoot(folderView(path), prefix, profile);
}

/** What a reader throws about a root’s own files is a finding of that root; anything else goes on. */
async function findingsOf(bench: Workbench, root: RootName, profile: Profile): Promise<readonly Finding[]> {
  try {
    return await (root.kind === 'older' ? olderFindings(bench, root.name, profile) : currentFindings(bench, root.name));
  } catch (error) {
    if (!(error instanceof CliparityError) || error.code === 'INTERRUPTED' || error.code === 'ROOT_UNKNOWN')
      throw error;
    const file = (error.where ?? root.name).replace(`${bench.workspace}/`, '');
    return [finding({ code: error.code, message: error.message, file, help: error.remedy })];
  }
}

export interface ValidateRequest {
  /** One root; all when absent. */
  readonly cli?: string | undefined;
  readonly profile?: Profile;
}

/** `validate [CLI]`: the content rules over the committed files of a root, and that its derived files can be derived again. */
export async function validate(
  bench: Workbench,
  { cli, profile = 'strict' }: ValidateRequest = {},
): Promise<{ readonly result: Result; readonly findings: readonly Finding[] }> {
  const roots = await rootsOf(bench);
  const named = roots.find((root) => root.name === cli) ?? { name: cli ?? '', kind: 'current' as const };
  const chosen = cli === undefined ? roots : [named];
  const findings: Finding[] = [];
  for (const root of chosen) findings.push(...(await findingsOf(bench, root, profile)));
  return { result: findingsResult(chosen.map((root) => root.name).join(', ') || 'no roots', findings), findings };
}
