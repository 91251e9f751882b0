import { readBytes, readJson } from '@cliparity/manifest-store';
import { UnionSchema, WrapperCoverageSchema, type OperatingSystem, type Union } from '@cliparity/model';
import { reportNames, reportStep, type ReportParams } from './report-step.js';
import { standingOf } from './report-standing.js';
import { openRootContext, lockedVersionOf, type RootContext } from '../base/root-context.js';
import { runStep, type StepMode, type StepOutcome } from '../base/run-step.js';
import { hostFor } from './snapshot-version.js';
import type { VersionRequest } from './union-version.js';
import type { Workbench } from '../base/workbench.js';

/** The operating system of every expected target. */
export async function systemsOf(root: RootContext): Promise<Record<string, OperatingSystem>> {
  const { kernel } = root.bench;
  const pairs = root.manifest.targets.expected.map(
    async (name) => [name, (await kernel.targets.find(name)).os] as const,
  );
  return Object.fromEntries(await Promise.all(pairs));
}

/** Why a target that the union lacks was not seen. Names no machine: the table is cached and shown on others. */
async function whyMissing(root: RootContext, union: Union): Promise<Record<string, string>> {
  const missing = union.missing_targets ?? [];
  const reasons = missing.map(async (name) => {
    const { os, arch } = await root.bench.kernel.targets.find(name);
    return [name, `not captured yet, needs ${os === 'any' ? 'any machine' : `${os} ${arch}`}`] as const;
  });
  return Object.fromEntries(await Promise.all(reasons));
}

async function paramsOf(root: RootContext, version: string): Promise<ReportParams> {
  const union = root.ref(root.layout.union(version));
  const wrapperCoverage = root.ref(root.layout.wrapperCoverage);
  const merged = await readJson(union.path, UnionSchema, {
    name: union.name,
    remedy: `Run cliparity union ${root.name} ${version}, or report with --chain.`,
  });
  await readJson(wrapperCoverage.path, WrapperCoverageSchema, {
    name: wrapperCoverage.name,
    remedy:
      'State in it how the wrapper handles each unit; {"schema_version": 2, "wrapper": NAME, "coverage": []} is a start.',
  });
  const systems = await systemsOf(root);
  return {
    cli: root.name,
    version,
    union,
    wrapperCoverage,
    exclusions: root.manifest.exclusions ?? [],
    requiredTarget: root.manifest.targets.required,
    systems,
    fileOf: (name) => root.ref(root.layout.report(version, name)),
    names: reportNames(merged, systems),
    why: await whyMissing(root, merged),
    standing: await standingOf(root, version),
  };
}

/** The reports of one version of an open root. */
export async function reportOfRoot(root: RootContext, version: string, mode: StepMode): Promise<StepOutcome> {
  return runStep(reportStep, await paramsOf(root, version), { ...mode, host: hostFor(root) });
}

/** `report CLI VERSION` */
export async function reportVersion(bench: Workbench, request: VersionRequest): Promise<StepOutcome> {
  const root = await openRootContext(bench, request.cli);
  return reportOfRoot(root, await lockedVersionOf(root, request.version), request);
}

/** Whether a version has all that a report is derived from. */
export async function hasUnion(root: RootContext, version: string): Promise<boolean> {
  return readBytes(root.layout.union(version)).then(
    () => true,
    () => false,
  );
}
