import { compareBytes, comparePaths, type CommandRow, type HelpPage, type Page } from '@cliparity/model';
import { judgePage } from './crawl-page.js';
import { judgeRow } from './crawl-rows.js';
import { helpArgv, type CrawlSettings } from './crawl-settings.js';
import { mapLimited } from './map-limited.js';
import { helpPageOf } from './page-text.js';

/** What a crawl needs. It starts nothing itself: `getPage` does, or finds the page somewhere. */
export interface CrawlRequest {
  readonly settings: CrawlSettings;
  /** The program's name, for the dialect. */
  readonly binary?: string;
  /** Words put before every argv, such as those that enable features. */
  readonly prefix?: readonly string[];
  /** The sub-commands that a page lists. */
  readonly rowsOf: (page: HelpPage) => readonly CommandRow[];
  readonly getPage: (argv: readonly string[], path: readonly string[]) => Promise<Page>;
  /** How many pages are asked for at once. Does not change the result. */
  readonly concurrency: number;
}

/** A command as its parent's page lists it. */
export interface ListedCommand {
  readonly path: readonly string[];
  readonly row: CommandRow;
}

export interface CrawlResult {
  /** The pages worth reading, by path; the root's first. */
  readonly pages: readonly Page[];
  /** Every command that some page lists, by path, also those without a page of their own. Never the root. */
  readonly listed: readonly ListedCommand[];
  /** What was left out and why, in byte order. */
  readonly omissions: readonly string[];
}

interface Visit {
  readonly path: readonly string[];
  /** The texts of the pages above, nearest last. */
  readonly above: readonly string[];
}

interface Notes {
  readonly pages: Page[];
  readonly listed: ListedCommand[];
  readonly omissions: Set<string>;
  readonly seen: Set<string>;
}

/** Takes in the rows of one page; returns the commands to ask next. */
function takeRows(request: CrawlRequest, notes: Notes, visit: { page: HelpPage } & Visit): Visit[] {
  const next: Visit[] = [];
  for (const row of request.rowsOf(visit.page)) {
    const verdict = judgeRow(row, visit.path, request.settings);
    if (verdict.do === 'omit') notes.omissions.add(verdict.omission);
    if (verdict.do === 'omit' || verdict.do === 'ignore') continue;
    const key = verdict.path.join('\u001f');
    if (notes.seen.has(key)) continue;
    notes.seen.add(key);
    notes.listed.push({ path: verdict.path, row });
    if (verdict.do === 'visit') next.push({ path: verdict.path, above: [...visit.above, visit.page.text] });
  }
  return next;
}

/** Takes in the pages of one level of the tree; returns the next level. */
function takeLevel(request: CrawlRequest, notes: Notes, level: readonly { visit: Visit; page: Page }[]): Visit[] {
  return level.flatMap(({ visit, page }) => {
    const help = helpPageOf(page, request.settings.stream, request.binary);
    const omission = judgePage(page, help.text, { settings: request.settings, above: visit.above });
    if (omission !== undefined) {
      notes.omissions.add(omission);
      return [];
    }
    notes.pages.push(page);
    return takeRows(request, notes, { ...visit, page: help });
  });
}

/** Keeps a level inside `max_pages`. Which pages are left out depends on their paths alone, never on what came back first. */
function within(level: Visit[], room: number, notes: Notes): Visit[] {
  const sorted = level.sort((a, b) => comparePaths(a.path, b.path));
  if (sorted.length <= room) return sorted;
  for (const { path } of sorted.slice(room)) notes.omissions.add(`max pages exceeded: ${path.join(' ')}`);
  return sorted.slice(0, room);
}

/**
 * Walks the tree of commands level by level, so that the result is the same whatever the concurrency.
 * @throws CouldNotRun HELP_FAILED, HELP_EMPTY for the root's page; whatever `getPage` throws
 */
export async function crawl(request: CrawlRequest): Promise<CrawlResult> {
  const { settings, prefix = [] } = request;
  const notes: Notes = { pages: [], listed: [], omissions: new Set(), seen: new Set() };
  let level: Visit[] = [{ path: [], above: [] }];
  let asked = 0;
  while (level.length > 0) {
    const visits = within(level, settings.max_pages - asked, notes);
    asked += visits.length;
    const pages = await mapLimited(visits, request.concurrency, async (visit) => {
      const argv = [...prefix, ...helpArgv(settings, visit.path)];
      return { visit, page: await request.getPage(argv, visit.path) };
    });
    level = takeLevel(request, notes, pages);
  }
  return {
    pages: notes.pages.sort((a, b) => comparePaths(a.path, b.path)),
    listed: notes.listed.sort((a, b) => comparePaths(a.path, b.path)),
    omissions: [...notes.omissions].sort(compareBytes),
  };
}
