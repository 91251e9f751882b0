import type { Page } from '@cliparity/model';
import { couldNotRun, wasCutShort, type ChildResult } from '@cliparity/runners';

/** Pages at hand, and a way to get the others. */
export interface PageBook {
  get(argv: readonly string[], path: readonly string[]): Promise<Page>;
  /** Every page, those of the store too. */
  pages(): readonly Page[];
  /** Pages that had to be captured. */
  captured(): number;
  /** Pages that were asked for and at hand. */
  reused(): number;
}

const keyOf = (argv: readonly string[]): string => JSON.stringify(argv);

/**
 * Makes a page of a run.
 * @throws CouldNotRun when the run gave none: not started, killed, too slow, too large; for the root also when the loader failed
 */
export function pageOf(result: ChildResult, argv: readonly string[], path: readonly string[]): Page {
  const broken = (path.length === 0 ? couldNotRun : wasCutShort)(result, [result.file, ...argv].join(' '));
  if (broken !== undefined) throw broken;
  const { stdout, stderr, exitCode } = result;
  return { path: [...path], argv: [...argv], stdout, stderr, exit_code: exitCode ?? 1 };
}

/**
 * Opens the book on the pages of the store.
 * @param run captures what is missing; told of each page that was gone through in `turned`
 */
export function openBook(
  stored: readonly Page[],
  run: (argv: readonly string[]) => Promise<ChildResult>,
  turned: (count: number) => void,
): PageBook {
  const byArgv = new Map(stored.map((page) => [keyOf(page.argv), page]));
  let captured = 0;
  let reused = 0;
  const get = async (argv: readonly string[], path: readonly string[]): Promise<Page> => {
    const known = byArgv.get(keyOf(argv));
    const page = known ?? pageOf(await run(argv), argv, path);
    if (known === undefined) captured += 1;
    else reused += 1;
    byArgv.set(keyOf(argv), page);
    turned(captured + reused);
    return page;
  };
  return { get, pages: () => [...byArgv.values()], captured: () => captured, reused: () => reused };
}
