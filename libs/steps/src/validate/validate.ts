import { join, relative } from 'node:path';
import { checkLocator } from '@cliparity/acquisition';
import { openRoot } from '@cliparity/manifest-store';
import {
  CliparityError,
  CouldNotRun,
  didYouMean,
  UsageError,
  type Finding,
  type LockEntry,
  type Result,
} from '@cliparity/model';
import { folderView, validateOlderRoot, validateRoot } from '@cliparity/rules';
import { snapshotProvenance } from '@cliparity/surface';
import { dueOfRoot } from './due-items.js';
import { mendRoot } from './mend-root.js';
import { systemsOf } from '../derive/report-version.js';
import { openRootContext, sourcesOf, type RootContext } from '../base/root-context.js';
import { chosenRoots, findingsOfRoot } from './root-findings.js';
import type { RootName } from '../base/roots-of.js';
import { knownOfEntry, openDialect, type Reading } from '../derive/snapshot-version.js';
import { publishedMatrixFindings } from '../lifecycle/support-matrix.js';
import { openValidationRecords } from './validation-records.js';
import { findingsResult } from '../views/findings-view.js';
import type { Workbench } from '../base/workbench.js';
import { severitiesOf, withSeverities } from './with-severities.js';

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
  // Nothing is asked of them: they only have to be there and to take their settings.
  await sourcesOf(root);
  const reading = await readingOf(root);
  const targets = new Map<string, Awaited<ReturnType<typeof bench.kernel.targets.find>>>();
  for (const id of root.manifest.targets.expected) targets.set(id, await bench.kernel.targets.find(id));
  const provenanceOf = (entry: LockEntry) => {
    const target = targets.get(entry.target_triple);
    if (target === undefined || reading === undefined) return undefined;
    return snapshotProvenance(knownOfEntry(reading, entry, target));
  };
  const records = await openValidationRecords(root);
  const { findings } = await validateRoot({
    view: folderView(root.path),
    prefix: `${root.ref(root.path).name}/`,
    manifest: root.manifest,
    systems: await systemsOf(root),
    provenanceOf,
    checkLocator,
    records,
  });
  await records?.save();
  return findings;
}

async function olderFindings(bench: Workbench, cli: string, profile: Profile): Promise<readonly Finding[]> {
  const { path } = await openRoot(bench.workspace, bench.manifests, cli);
  const prefix = `${relative(bench.workspace, path).replaceAll('\\', '/')}/`;
  return validateOlderRoot(folderView(path), prefix, profile);
}

function contentFindings(bench: Workbench, root: RootName, profile: Profile): Promise<readonly Finding[]> {
  return findingsOfRoot(bench, root, () =>
    root.kind === 'older' ? olderFindings(bench, root.name, profile) : currentFindings(bench, root.name),
  );
}

/** Mends a root; what stands in the way is found by the rules afterwards, except that somebody else writes or the disk refuses. */
async function mended(bench: Workbench, root: RootName): Promise<readonly string[]> {
  try {
    const folder = relative(bench.workspace, join(bench.manifests, root.name)).replaceAll('\\', '/');
    return (await mendRoot(bench, root)).map((path) => `${folder}/${path}`);
  } catch (error) {
    if (error instanceof CliparityError && !(error instanceof CouldNotRun) && error.code !== 'ROOT_UNKNOWN') return [];
    throw error;
  }
}

export interface ValidateRequest {
  /** One root; all when absent. */
  readonly cli?: string | undefined;
  readonly profile?: Profile;
  /** The day for the due rules, YYYY-MM-DD; without it only the content rules are asked (an Nx task, which is cached). */
  readonly asOf?: string | undefined;
  /** First mend what can be mended without knowing more than the file. */
  readonly fix?: boolean;
}

/**
 * `validate [CLI]`: the content rules over the committed files of a root, and that its derived files can be derived again; with a day the
 * due rules too. Over all roots also the support matrix that they publish.
 */
export async function validate(
  bench: Workbench,
  { cli, profile = 'strict', asOf, fix = false }: ValidateRequest = {},
): Promise<{ readonly result: Result; readonly findings: readonly Finding[] }> {
  const severities = severitiesOf(bench);
  const roots = await chosenRoots(bench, cli);
  const written: string[] = [];
  const findings: Finding[] = [];
  for (const root of roots) {
    if (fix) written.push(...(await mended(bench, root)));
    const content = await contentFindings(bench, root, profile);
    findings.push(...content);
    // The reference’s own rules know no days.
    if (asOf !== undefined && profile === 'strict') findings.push(...(await dueBeside(bench, root, { asOf, content })));
  }
  if (cli === undefined && profile === 'strict') findings.push(...(await publishedMatrixFindings(bench)));
  const unique = withSeverities(
    [...new Map(findings.map((one) => [one.fingerprint + one.message, one])).values()],
    severities,
  );
  const result = findingsResult(roots.map((root) => root.name).join(', '), unique);
  return { result: fix ? withMended(result, written) : result, findings: unique };
}

/** What is due in a root; that a file cannot be read for it is left out where the content rules say what is wrong with that file. */
async function dueBeside(
  bench: Workbench,
  root: RootName,
  { asOf, content }: { readonly asOf: string; readonly content: readonly Finding[] },
): Promise<readonly Finding[]> {
  const told = new Set(content.map(({ location }) => location?.file));
  const due = await findingsOfRoot(bench, root, () => dueOfRoot(bench, root.name, asOf));
  return due.filter(({ code, location }) => !/^(?:FILE|LOCK)_(?!DUE)/.test(code) || !told.has(location?.file));
}

function withMended(result: Result, written: readonly string[]): Result {
  const lines = written.length === 0 ? ['nothing to mend'] : written.map((path) => `mended: ${path}`);
  return { ...result, data: { ...(result.data as object), mended: written }, view: { ...result.view, lines } };
}
