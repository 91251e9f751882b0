import { compareBytes, compareVersions, SEMVER_PATTERN, type Finding } from '@cliparity/model';
import { entriesOf } from '../engine/root-view.js';
import { CATALOGUE } from '../catalogue.js';
import { copyFindings, generatedCopies } from './generated-copies.js';
import { readShared, supplementFindings } from './hand-written-rules.js';
import { pointerFindings } from './pointer-rules.js';
import type { RootFacts } from './root-facts.js';
import { treeFindings } from './tree-rules.js';
import { versionFindings } from './version-rules.js';
import { applyWaivers, type AppliedWaivers } from './waivers.js';

const VERSION = new RegExp(SEMVER_PATTERN);

/** Versions of which a root has any file, oldest first. */
export function versionsOf({ view }: Pick<RootFacts, 'view'>): readonly string[] {
  const folders = ['snapshots', 'reports'].flatMap((folder) =>
    entriesOf(view, folder).flatMap(({ name, kind }) => (kind === 'folder' ? [name] : [])),
  );
  const files = entriesOf(view, 'versions').map(({ name }) => name.replace(/\.json$/, ''));
  return [...new Set([...folders, ...files])].filter((name) => VERSION.test(name)).sort(compareVersions);
}

/**
 * Everything that the files of a root of the current format say wrong, by themselves and of each other, with waivers applied: the content
 * rules of `validate --profile strict`. No rule looks at clock or host. In the order of the files.
 */
export async function validateRoot(facts: RootFacts): Promise<AppliedWaivers> {
  const shared = await readShared(facts);
  const found: Finding[] = [...treeFindings(facts), ...shared.findings, ...pointerFindings(facts)];
  const bench = { ...shared, facts, entries: shared.lock?.artifacts ?? [] };
  const versions = versionsOf(facts);
  // Without a lock nothing can be said about whose snapshots these are; that it is missing is said already.
  if (shared.lock !== undefined) for (const version of versions) found.push(...(await versionFindings(bench, version)));
  const withSnapshots = versions.filter((version) => facts.view.list(`snapshots/${version}`).kind === 'folder');
  found.push(...supplementFindings(facts, shared.supplement, withSnapshots));
  found.push(...copyFindings(facts, generatedCopies(facts.manifest, facts.systems, CATALOGUE)));
  const unique = [...new Map(found.map((one) => [one.fingerprint + one.message, one])).values()];
  return applyWaivers(unique.sort(byPlace), shared.waivers, `${facts.prefix}waivers.json`);
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compareBytes(a.location?.file ?? '', b.location?.file ?? '') ||
    compareBytes(a.location?.pointer ?? '', b.location?.pointer ?? '') ||
    compareBytes(a.code, b.code)
  );
}
