import { CouldNotRun, type Page } from '@cliparity/model';
import type { CrawlSettings } from './crawl-settings.js';
import { looksLikeHelp } from './page-text.js';

/** What stands around a page when it is judged. */
export interface PageContext {
  readonly settings: CrawlSettings;
  /** The texts of the pages above it. */
  readonly above: readonly string[];
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0]?.trim().slice(0, 200) ?? '';

function rootFailed(page: Page): never {
  const said = firstLine(page.stderr) || firstLine(page.stdout);
  throw new CouldNotRun('HELP_FAILED', `the root help page exited ${page.exit_code}${said === '' ? '' : `: ${said}`}`, {
    where: page.argv.join(' '),
    remedy: 'Set crawl.help.root to what prints help, or crawl.accept_nonzero when help comes with this exit code.',
  });
}

function rootEmpty(page: Page, stream: string): never {
  const other = stream === 'stderr' ? 'stdout' : 'stderr';
  const hint = page[other].trim() === '' ? 'crawl.help.root to what prints help' : `crawl.stream: ${other} has text`;
  throw new CouldNotRun('HELP_EMPTY', `the root help page is empty on ${stream}`, {
    where: page.argv.join(' '),
    remedy: `Check ${hint}.`,
  });
}

/**
 * Says why a page is not worth reading; undefined when it is. Wordings name no machine.
 * @throws CouldNotRun HELP_FAILED, HELP_EMPTY when it is the root's page
 */
export function judgePage(page: Page, text: string, context: PageContext): string | undefined {
  const { settings, above } = context;
  const words = page.path.join(' ');
  const isRoot = page.path.length === 0;
  const accepted = page.exit_code === 0 || (settings.accept_nonzero && looksLikeHelp(text));
  if (!accepted) return isRoot ? rootFailed(page) : `help probe failed: ${words} (exit ${page.exit_code})`;
  if (text.trim() === '') return isRoot ? rootEmpty(page, settings.stream) : `help page is empty: ${words}`;
  if (above.includes(text)) return `help page repeats the one of a command above it: ${words}`;
  return undefined;
}
