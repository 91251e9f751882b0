import { existsSync } from 'node:fs';
import { readJson } from '@cliparity/manifest-store';
import { CouldNotRun, SnapshotSchema } from '@cliparity/model';
import { unionStep } from './union-step.js';
import { openRootContext, lockedVersionOf, type RootContext } from '../base/root-context.js';
import { runStep, type StepMode, type StepOutcome } from '../base/run-step.js';
import { hostFor } from './snapshot-version.js';
import type { Workbench } from '../base/workbench.js';

export interface VersionRequest extends StepMode {
  readonly cli: string;
  readonly version: string;
}

/** The union of one version of an open root. */
export async function unionOfRoot(root: RootContext, version: string, mode: StepMode): Promise<StepOutcome> {
  const { expected, required } = root.manifest.targets;
  const snapshots = expected
    .map((target) => root.ref(root.layout.snapshot(version, target)))
    .filter(({ path }) => existsSync(path));
  const needed = root.ref(root.layout.snapshot(version, required));
  if (!existsSync(needed.path)) {
    throw new CouldNotRun(
      'REQUIRED_TARGET_MISSING',
      `${root.name} ${version} has no snapshot of the required target ${required}`,
      {
        where: needed.name,
        remedy: `Run cliparity snapshot ${root.name} ${version} --target ${required} on a machine that can.`,
      },
    );
  }
  for (const { name, path } of snapshots) await readJson(path, SnapshotSchema, { name });
  const params = {
    cli: root.name,
    version,
    snapshots,
    file: root.ref(root.layout.union(version)),
    expectedTargets: expected,
    requiredTarget: required,
  };
  return runStep(unionStep, params, { ...mode, host: hostFor(root) });
}

/** `union CLI VERSION` */
export async function unionVersion(bench: Workbench, request: VersionRequest): Promise<StepOutcome> {
  const root = await openRootContext(bench, request.cli);
  return unionOfRoot(root, await lockedVersionOf(root, request.version), request);
}
