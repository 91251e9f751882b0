import { CoverageReportV1Schema, reportV1 } from '@cliparity/coverage';
import { versionMetadataV1, VersionMetadataV1Schema } from '@cliparity/lifecycle';
import { serialize } from '@cliparity/model';
import { UnionV2Schema, unionV2, type OlderRules, type SnapshotV1 } from '@cliparity/surface';
import { isFile, type RootView } from '../engine/root-view.js';
import type { DerivedFile } from './derived-file.js';
import { olderFiles } from './older-files.js';

/** What a derivation over an older root works on. */
export interface OlderVersion {
  readonly view: RootView;
  /** What stands before paths in messages: the root's folder with a slash at its end. */
  readonly prefix: string;
  readonly version: string;
}

/**
 * The rules as they were when a union was made: a root that took in another target later keeps the list that the committed union names, as
 * long as that is the rules' list with some targets left out.
 */
function rulesOfThatTime(rules: OlderRules, expected: readonly string[] | undefined): OlderRules {
  const today = rules.union.expected_targets;
  const kept = today.filter((target) => expected?.includes(target) === true);
  const isPart = expected !== undefined && JSON.stringify(kept) === JSON.stringify(expected);
  return isPart ? { ...rules, union: { ...rules.union, expected_targets: kept } } : rules;
}

/**
 * The union of one version as the older format's tool writes it. Of the committed file only its time and its list of targets are used, which
 * that format takes from a clock and from the rules of the day.
 * @param made the time of a union that is not there yet, RFC 3339
 * Errors: those of `olderFiles` and `unionV2`
 */
export async function deriveOlderUnion({ view, prefix, version }: OlderVersion, made?: string): Promise<DerivedFile> {
  const files = olderFiles(view, prefix);
  const path = `snapshots/${version}/union.json`;
  const committed = isFile(view, path) ? await files.union(version) : undefined;
  const rules = rulesOfThatTime(await files.rules(), committed?.expected_targets);
  const snapshots = new Map<string, SnapshotV1>();
  for (const target of rules.union.expected_targets)
    if (isFile(view, `snapshots/${version}/${target}.json`))
      snapshots.set(target, await files.snapshot(version, target));
  const collectedAt = committed?.collected_at ?? made ?? [...snapshots.values()][0]?.collected_at ?? '';
  return { path, text: serialize(UnionV2Schema, unionV2({ snapshots, version, rules, collectedAt })) };
}

/**
 * The reports of one version as the older format's tool writes them. Of a committed report only its time is used.
 * @param made the time of reports that are not there yet, RFC 3339; the union's unless said
 * Errors: those of `olderFiles` and `reportV1`
 */
export async function deriveOlderReports(
  { view, prefix, version }: OlderVersion,
  made?: string,
): Promise<readonly DerivedFile[]> {
  const files = olderFiles(view, prefix);
  const union = await files.union(version);
  const parts = { union, coverage: await files.wrapper(), rules: await files.rules(), version };
  const derived = reportV1({ ...parts, generatedAt: made ?? union.collected_at });
  const written = [...derived].map(async ([name, report]) => {
    const path = `reports/${version}/${name}`;
    const time = await files.reportTime(path);
    const generated_at = time ?? report.generated_at;
    return { path, text: serialize(CoverageReportV1Schema, { ...report, generated_at }) };
  });
  return Promise.all(written);
}

/**
 * The metadata of one version as the older format's tool writes it. Of the committed file its status, time, notes and outcomes are used:
 * they are what people and tests said.
 * Errors: those of `olderFiles` and `versionMetadataV1`
 */
export async function deriveOlderMetadata({ view, prefix, version }: OlderVersion): Promise<DerivedFile> {
  const files = olderFiles(view, prefix);
  const existing = await files.metadata(version);
  const made = versionMetadataV1({
    version,
    status: existing.status,
    updatedAt: existing.updated_at,
    union: await files.union(version),
    coverage: await files.wrapperIfThere(),
    rules: await files.rules(),
    policy: await files.policy(),
    hasAnyReport: isFile(view, `reports/${version}/coverage.any.json`),
    existing,
  });
  return { path: `versions/${version}.json`, text: serialize(VersionMetadataV1Schema, made) };
}
