import { compareBytes, compareVersions, SEMVER_PATTERN, type Finding, type LockEntry } from '@cliparity/model';
import { textAt } from '../engine/json-value.js';
import { entriesOf, foldersAbove } from '../engine/root-view.js';
import { listingOnce } from '../engine/knowing-view.js';
import { CATALOGUE } from '../catalogue.js';
import { copyFindings, generatedCopies } from './generated-copies.js';
import { readShared, supplementFindings } from './hand-written-rules.js';
import { pointerFindings } from './pointer-rules.js';
import type { RootFacts } from './root-facts.js';
import { rootMemo } from './root-memo.js';
import { sideFileFindings } from './side-file-rules.js';
import { treeFindings } from './tree-rules.js';
import { recordKeeper, type RecordKeeper } from './version-records.js';
import { versionFindings, type VersionBench } from './version-rules.js';
import { waivedUnitFindings } from './waived-units.js';
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
export async function validateRoot(given: RootFacts): Promise<AppliedWaivers> {
  const memo = given.memo ?? rootMemo();
  const facts: RootFacts = { ...given, view: listingOnce(given.view), memo };
  const shared = await readShared(facts);
  const found: Finding[] = [...treeFindings(facts), ...shared.findings, ...pointerFindings(facts)];
  const bench = { ...shared, facts, entries: byVersion(shared.lock?.artifacts ?? []) };
  const keeper = recordKeeper(bench);
  const versions = versionsOf(facts);
  // Without a lock nothing can be said about whose snapshots these are; that it is missing is said already.
  for (const version of shared.lock === undefined ? [] : versions) {
    found.push(...(await judged(bench, version, keeper)));
    memo.surfaces.next();
  }
  const withSnapshots = versions.filter((version) => facts.view.list(`snapshots/${version}`).kind === 'folder');
  found.push(...supplementFindings(facts, shared.supplement, withSnapshots));
  found.push(...(await sideFileFindings(facts)));
  found.push(...copyFindings(facts, generatedCopies(facts.manifest, facts.systems, CATALOGUE)));
  found.push(...(await waivedUnitFindings(facts, { ...shared, wrapper: shared.wrapper?.value }, versions)));
  const unique = onlyCauses([...new Map(found.map((one) => [one.fingerprint + one.message, one])).values()]);
  return applyWaivers(unique.sort(byPlace), shared.waivers, `${facts.prefix}waivers.json`);
}

/** The findings of a version; one that is recorded as clean, and is as it was then, is not read again. */
async function judged(bench: VersionBench, version: string, keeper: RecordKeeper): Promise<readonly Finding[]> {
  const { records } = bench.facts;
  // Asked before anything is read: whatever changes while it is read has another stamp the next time.
  const digest = keeper.digest(version);
  const isKnown = digest !== undefined && records?.known.get(version) === digest;
  const found = isKnown ? [] : await versionFindings(bench, version);
  if (digest !== undefined && found.length === 0) records?.note(version, digest);
  return found;
}

function byVersion(entries: readonly LockEntry[]): ReadonlyMap<string, readonly LockEntry[]> {
  const lists = new Map<string, LockEntry[]>();
  for (const entry of entries) {
    const list = lists.get(entry.semantic_version);
    if (list === undefined) lists.set(entry.semantic_version, [entry]);
    else list.push(entry);
  }
  return lists;
}

/**
 * Findings without those that only repeat another: that `current.json` is no copy of a union in which something is wrong, and whatever seems to
 * be wrong with files in a folder that cannot be read.
 */
function onlyCauses(findings: readonly Finding[]): Finding[] {
  const broken = new Set(findings.map(({ location }) => location?.file));
  const closed = new Set(
    findings.flatMap(({ code, location }) => (code === 'FILE_UNREADABLE' ? (location?.file ?? []) : [])),
  );
  return findings.filter((one) => {
    if (foldersAbove(one.location?.file ?? '').some((folder) => closed.has(folder))) return false;
    const union = one.code === 'CURRENT_JSON_NOT_EQUAL_UNION' ? textAt(one.details, 'union') : undefined;
    return union === undefined || !broken.has(union);
  });
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compareBytes(a.location?.file ?? '', b.location?.file ?? '') ||
    compareBytes(a.location?.pointer ?? '', b.location?.pointer ?? '') ||
    compareBytes(a.code, b.code)
  );
}
