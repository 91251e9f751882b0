import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { emptyLock, lockedVersions, readLock } from '@cliparity/acquisition';
import { dueFindings, fixtureNames, fixturePaths, SidecarSchema, type DatedFixture } from '@cliparity/harvest';
import {
  openRoot,
  readBytes,
  readJsonIfThere,
  snapshotVersions,
  workspaceLayout,
  type Root,
} from '@cliparity/manifest-store';
import { CliparityError, SEMVER_PATTERN, WaiversSchema, type Finding, type Lock, type Result } from '@cliparity/model';
import { expiredWaivers, lockFreshness } from '@cliparity/rules';
import { chosenRoots, findingsOfRoot } from './root-findings.js';
import { findingsResult } from '../views/findings-view.js';
import type { Workbench } from '../base/workbench.js';
import { severitiesOf, withSeverities } from './with-severities.js';

export interface DueRequest {
  /** One root; all when absent. */
  readonly cli?: string | undefined;
  /** The day, YYYY-MM-DD. */
  readonly asOf: string;
}

const nameIn = (bench: Workbench, path: string): string => relative(bench.workspace, path).replaceAll('\\', '/');

/** The lock of a root of ours; an older root’s has no times, so nothing can be due in it. */
async function lockIn({ kind, layout, manifest }: Root, name: string): Promise<Lock> {
  if (kind === 'older') return emptyLock(manifest.tool);
  try {
    return readLock(new TextDecoder().decode(await readBytes(layout.lock, { name })), name);
  } catch (error) {
    if (error instanceof CliparityError && error.code === 'FILE_MISSING') return emptyLock(manifest.tool);
    throw error;
  }
}

/** The sidecars of every fixture of a root, by version and name. */
async function fixturesOf(bench: Workbench, cli: string): Promise<readonly DatedFixture[]> {
  const at = workspaceLayout(bench.workspace);
  const folder = join(at.allFixtures, cli);
  const versions = (await readdir(folder).catch(() => [])).filter((name) => new RegExp(SEMVER_PATTERN).test(name));
  const found: DatedFixture[] = [];
  for (const version of versions.sort())
    for (const name of await fixtureNames(at.fixtures(cli, version))) {
      const path = fixturePaths(at.fixtures(cli, version), name).sidecar;
      const file = nameIn(bench, path);
      const sidecar = await readJsonIfThere(path, SidecarSchema, { name: file });
      if (sidecar !== undefined) found.push({ file, sidecar });
    }
  return found;
}

/** Everything of one root that is due on a day: waivers past their day, fixtures to look at again, a lock that nobody renewed. */
export async function dueOfRoot(bench: Workbench, cli: string, asOf: string): Promise<readonly Finding[]> {
  const root = await openRoot(bench.workspace, bench.manifests, cli);
  const [lockFile, waiversFile] = [nameIn(bench, root.layout.lock), nameIn(bench, root.layout.waivers)];
  const waivers = await readJsonIfThere(root.layout.waivers, WaiversSchema, { name: waiversFile });
  const lock = await lockIn(root, lockFile);
  const newest = lockedVersions(lock).at(-1) ?? (await snapshotVersions(root.layout)).at(-1) ?? '0.0.0';
  const entries = lock.artifacts.filter((entry) => entry.semantic_version === newest);
  return [
    ...expiredWaivers(waivers, waiversFile, asOf),
    ...lockFreshness(entries, { file: lockFile, asOf, cli }),
    ...dueFindings(await fixturesOf(bench, cli), { asOf: new Date(`${asOf}T00:00:00Z`), newest }),
  ];
}

/** `due [CLI]`: the due rules alone. They depend on the day, so nothing of this is ever cached. */
export async function dueItems(
  bench: Workbench,
  { cli, asOf }: DueRequest,
): Promise<{ readonly result: Result; readonly findings: readonly Finding[] }> {
  const severities = severitiesOf(bench);
  const roots = await chosenRoots(bench, cli);
  const due: Finding[] = [];
  for (const root of roots) due.push(...(await findingsOfRoot(bench, root, () => dueOfRoot(bench, root.name, asOf))));
  const findings = withSeverities(due, severities);
  const names = roots.map(({ name }) => name).join(', ');
  return { result: findingsResult(`due on ${asOf}, ${names}`, findings), findings };
}
