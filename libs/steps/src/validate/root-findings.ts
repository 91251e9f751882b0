import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CliparityError, finding, type Finding, type FindingDraft } from '@cliparity/model';
import type { RootName } from '../base/roots-of.js';
import { allRootsOf, rootsOf } from '../base/roots-of.js';
import type { Workbench } from '../base/workbench.js';

/** The roots asked for: one by name (also one that is not there, which opening it says), all when none is named. Errors: ROOTS_NONE. */
export async function chosenRoots(bench: Workbench, cli: string | undefined): Promise<readonly RootName[]> {
  if (cli === undefined) return allRootsOf(bench);
  const roots = await rootsOf(bench);
  return [roots.find((root) => root.name === cli) ?? { name: cli, kind: 'current' }];
}

/** What was asked, how this machine is set up, and that somebody stopped the run are no faults of a root. */
const NOT_OF_A_ROOT = /^(?:INTERRUPTED|ROOT_UNKNOWN|NAME_INVALID|(?:PLUGIN|CONFIG)_.*)$/;

/** What a reader throws about a root’s own files is a finding of that root; anything else goes on. */
export async function findingsOfRoot(
  bench: Workbench,
  root: RootName,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof CliparityError) || NOT_OF_A_ROOT.test(error.code)) throw error;
    const message = error.message.replaceAll(`${bench.workspace}${sep}`, '');
    return [finding({ code: error.code, message, help: error.remedy, ...placeOf(bench, root, error) })];
  }
}

/**
 * The place of an error as findings have it. A reader names a file as it was given, with `#` and a pointer or `:` with line and column after it;
 * what names no file of the workspace or the root (a dialect, a target) is said in the file that governs the root.
 */
function placeOf(
  { workspace, manifests }: Workbench,
  { name, kind }: RootName,
  { where = '' }: CliparityError,
): Pick<FindingDraft, 'file' | 'pointer' | 'line'> {
  const root = join(manifests, name);
  const nameOf = (path: string): string => relative(workspace, path).replaceAll('\\', '/');
  const [, path = '', pointer, line] = /^(.*?)(?:#(\/.*)?|:(\d+):\d+)?$/s.exec(where) ?? [];
  const isNamed = isAbsolute(path) || path.startsWith(`${nameOf(root)}/`);
  const isOfRoot = path !== '' && !isNamed && existsSync(join(root, path));
  if (!isNamed && !isOfRoot) return { file: nameOf(join(root, kind === 'older' ? 'RULES.json' : 'cliparity.json')) };
  return {
    file: nameOf(isOfRoot ? join(root, path) : resolve(workspace, path)),
    ...(pointer !== undefined && { pointer }),
    ...(line !== undefined && { line: Number(line) }),
  };
}
