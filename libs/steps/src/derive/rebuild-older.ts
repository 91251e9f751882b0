import type { OlderRoot } from '@cliparity/manifest-store';
import type { Finding } from '@cliparity/model';
import { folderView, isFile, versionsWithUnion } from '@cliparity/rules';
import { rebuildCurrent } from '../lifecycle/rebuild-derived.js';
import type { StepMode } from '../base/run-step.js';
import type { Workbench } from '../base/workbench.js';
import type { Rebuilt } from '../views/rebuilt-view.js';
import { settleOlder, type OlderPart } from './derive-older.js';

/** What of a version of an older root there is to be derived again. */
function partsOf(root: OlderRoot, version: string): readonly OlderPart[] {
  const view = folderView(root.path);
  return [
    'union',
    ...(view.list(`reports/${version}`).kind === 'folder' ? (['report'] as const) : []),
    ...(isFile(view, `versions/${version}.json`) ? (['metadata'] as const) : []),
  ];
}

/** `rebuild` of an older root: what its own tools would write of every version that has a union. Errors: those of the derivations. */
export async function rebuildOlder(
  bench: Workbench,
  root: OlderRoot,
  mode: StepMode,
): Promise<{ readonly rows: readonly Rebuilt[]; readonly findings: readonly Finding[] }> {
  const rows: Rebuilt[] = [];
  const findings: Finding[] = [];
  for (const version of versionsWithUnion(folderView(root.path)))
    for (const part of partsOf(root, version)) {
      const done = await settleOlder({ bench, root, mode }, part, version);
      rows.push({ cli: root.name, version, step: part, status: done.status, changed: done.changed });
      findings.push(...done.findings);
    }
  const current = await rebuildCurrent(root, mode);
  if (current !== undefined) {
    rows.push({ cli: root.name, version: '', step: 'current', status: current.status, changed: current.changed });
    findings.push(...current.findings);
  }
  return { rows, findings };
}
