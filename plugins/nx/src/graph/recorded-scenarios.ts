import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a workspace keeps recorded streams; the layout of the manifest store, with which a test compares it. */
const FIXTURES = 'integration/fixtures';
const SIDECAR = '.meta.json';
/** A scenario's name may be a task's name and part of a file's name everywhere. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** The folder of the streams recorded from one version, relative to the workspace, with forward slashes. */
export const fixturesOf = (root: string, version: string): string => `${FIXTURES}/${root}/${version}`;

/** Whether a text can name a scenario’s task. */
export const isScenarioName = (name: string): boolean => NAME.test(name);

/** What the sidecar calls its scenario. One that cannot be read is told by the task, under its schema. */
function scenarioIn(path: string): unknown {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { scenario?: unknown }).scenario;
  } catch {
    return undefined;
  }
}

function sidecarsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(SIDECAR));
  } catch {
    // Most versions have no recorded streams.
    return [];
  }
}

/**
 * Tells, for each version of a root, the scenarios of which it has recorded streams, in byte order: from the sidecars, so that no plugin is
 * loaded while the graph is built. Several streams may be one scenario’s. A stream of one name is one scenario’s in every version, so a sidecar
 * is read for each name and not for each version.
 */
export function scenarioReader(workspace: string, root: string): (version: string) => readonly string[] {
  const known = new Map<string, unknown>();
  return (version) => {
    const folder = join(workspace, fixturesOf(root, version));
    const names = sidecarsIn(folder).map((file) => {
      const scenario = known.get(file) ?? scenarioIn(join(folder, file));
      known.set(file, scenario);
      return scenario ?? file.slice(0, -SIDECAR.length);
    });
    return [...new Set(names)]
      .filter((name) => typeof name === 'string')
      .filter(isScenarioName)
      .sort();
  };
}
