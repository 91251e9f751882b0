import { CliparityError, finding, type Finding } from '@cliparity/model';
import type { RootName } from '../base/roots-of.js';
import { rootsOf } from '../base/roots-of.js';
import type { Workbench } from '../base/workbench.js';

/** The roots asked for: one by name (also one that is not there, which opening it says), all when none is named. */
export async function chosenRoots(bench: Workbench, cli: string | undefined): Promise<readonly RootName[]> {
  const roots = await rootsOf(bench);
  if (cli === undefined) return roots;
  return [roots.find((root) => root.name === cli) ?? { name: cli, kind: 'current' }];
}

/** What a reader throws about a root’s own files is a finding of that root; anything else goes on. */
export async function findingsOfRoot(
  bench: Workbench,
  root: RootName,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    const isOurs = error instanceof CliparityError && error.code !== 'INTERRUPTED' && error.code !== 'ROOT_UNKNOWN';
    if (!isOurs) throw error;
    const file = (error.where ?? root.name).replace(`${bench.workspace}/`, '');
    return [finding({ code: error.code, message: error.message, file, help: error.remedy })];
  }
}
