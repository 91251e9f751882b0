import { existsSync } from 'node:fs';
import { reportV1, CoverageReportV1Schema, WrapperCoverageV1Schema } from '@cliparity/coverage';
import { openRoot, readBytes, readJson, type OlderRoot } from '@cliparity/manifest-store';
import { finding, serialize, type Finding } from '@cliparity/model';
import { unionV2, SnapshotV1Schema, UnionV2Schema, type SnapshotV1, type UnionV2 } from '@cliparity/surface';
import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import type { Workbench } from './workbench.js';

interface OlderVersion {
  readonly root: OlderRoot;
  readonly version: string;
  readonly nameOf: (path: string) => string;
}

const differs = (file: string, old: string, made: string): Finding[] =>
  old === made
    ? []
    : [finding({ code: 'DERIVED_FILE_DIFFERS', message: `${file} differs from what its inputs give`, file })];

async function snapshotsOf({ root, version, nameOf }: OlderVersion): Promise<Map<string, SnapshotV1>> {
  const present = root.rules.union.expected_targets.filter((target) =>
    existsSync(root.layout.snapshot(version, target)),
  );
  const read = present.map(async (target) => {
    const path = root.layout.snapshot(version, target);
    return [target, await readJson(path, SnapshotV1Schema, { name: nameOf(path) })] as const;
  });
  return new Map(await Promise.all(read));
}

async function unionFindings(at: OlderVersion): Promise<Finding[]> {
  const path = at.root.layout.union(at.version);
  const name = at.nameOf(path);
  const committed: UnionV2 = await readJson(path, UnionV2Schema, { name });
  const rules = { ...at.root.rules, union: { ...at.root.rules.union, expected_targets: committed.expected_targets } };
  // The older format took this time from a clock, so the committed one is the only one there is.
  const made = unionV2({
    snapshots: await snapshotsOf(at),
    version: at.version,
    rules,
    collectedAt: committed.collected_at,
  });
  return differs(name, new TextDecoder().decode(await readBytes(path)), serialize(UnionV2Schema, made));
}

async function reportFindings(at: OlderVersion): Promise<Finding[]> {
  const { root, version, nameOf } = at;
  if (!existsSync(root.layout.wrapperCoverage) || !existsSync(root.layout.reportsOf(version))) return [];
  const union: UnionV2 = await readJson(root.layout.union(version), UnionV2Schema, {
    name: nameOf(root.layout.union(version)),
  });
  const coverage = await readJson(root.layout.wrapperCoverage, WrapperCoverageV1Schema, {
    name: nameOf(root.layout.wrapperCoverage),
  });
  const found: Finding[] = [];
  const any = await readJson(root.layout.report(version, 'any'), CoverageReportV1Schema, {
    name: nameOf(root.layout.report(version, 'any')),
  });
  for (const [file, report] of reportV1({
    union,
    coverage,
    rules: root.rules,
    version,
    generatedAt: any.generated_at,
  })) {
    const path = `${root.layout.reportsOf(version)}/${file}`;
    const old = existsSync(path) ? new TextDecoder().decode(await readBytes(path)) : '';
    const time = /"generated_at": "([^"]*)"/.exec(old)?.[1] ?? any.generated_at;
    found.push(...differs(nameOf(path), old, serialize(CoverageReportV1Schema, { ...report, generated_at: time })));
  }
  return found;
}

/** An older root: its unions and reports are derived again and compared, with the times they carry. */
export async function validateOlder(bench: Workbench, cli: string): Promise<readonly Finding[]> {
  const root = await openRoot(bench.workspace, bench.manifests, cli);
  if (root.kind !== 'older' || !existsSync(root.layout.snapshots)) return [];
  const nameOf = (path: string): string => relative(bench.workspace, path).replaceAll('\\', '/');
  const versions = readdirSync(root.layout.snapshots).filter((version) => existsSync(root.layout.union(version)));
  const found: Finding[] = [];
  for (const version of versions.sort()) {
    const at = { root, version, nameOf };
    found.push(...(await unionFindings(at)), ...(await reportFindings(at)));
  }
  return found;
}
