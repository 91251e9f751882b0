import { relative } from 'node:path';
import { openRoot } from '@cliparity/manifest-store';
import type { Finding } from '@cliparity/model';
import { folderView, reportCheck, unionCheck } from '@cliparity/rules';
import type { StepOutcome } from '../base/run-step.js';
import type { VersionRequest } from './union-version.js';
import { findingsResult } from '../views/findings-view.js';
import type { Workbench } from '../base/workbench.js';

const CHECKS = { union: unionCheck, report: reportCheck } as const;

/**
 * `union --check` and `report --check` of an older root: its files are derived as the reference’s tools would and compared byte for byte.
 * @returns undefined when the root is one of ours, or when nothing is to be checked
 */
export async function checkOlder(
  bench: Workbench,
  what: keyof typeof CHECKS,
  request: VersionRequest,
): Promise<StepOutcome | undefined> {
  if (request.check !== true) return undefined;
  const root = await openRoot(bench.workspace, bench.manifests, request.cli);
  if (root.kind !== 'older') return undefined;
  const prefix = `${relative(bench.workspace, root.path).replaceAll('\\', '/')}/`;
  const at = { view: folderView(root.path), prefix, version: request.version };
  const findings: readonly Finding[] = await CHECKS[what](at);
  const result = findingsResult(`${what} of ${request.cli} ${request.version}`, findings);
  return { status: 'checked', result, changed: [], findings };
}
