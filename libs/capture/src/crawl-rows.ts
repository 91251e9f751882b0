import type { CommandRow } from '@cliparity/model';
import type { CrawlSettings } from './crawl-settings.js';
import { isHelpRow } from './help-row.js';

/** What the crawler does about one row of a page. */
export type RowVerdict =
  | { readonly do: 'visit' | 'list'; readonly path: readonly string[] }
  | { readonly do: 'omit'; readonly omission: string }
  | { readonly do: 'ignore' };

/** A word that can be typed as a command and cannot be taken for a flag. */
const COMMAND_WORD = /^[^\s\p{Cc}-][^\s\p{Cc}]*$/u;

const samePath = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, index) => word === b[index]);

/** Decides about a row of the page at `parent`. The wordings are the reference's (parity-formats 2.5) and name no machine. */
export function judgeRow(row: CommandRow, parent: readonly string[], settings: CrawlSettings): RowVerdict {
  if (isHelpRow(row)) return { do: 'ignore' };
  const path = [...parent, row.name];
  const words = path.join(' ');
  if (!COMMAND_WORD.test(row.name)) {
    return {
      do: 'omit',
      omission: `skipped unusable subcommand token: ${[...parent, JSON.stringify(row.name)].join(' ')}`,
    };
  }
  if (row.name === parent.at(-1)) return { do: 'omit', omission: `skipped recursive subcommand token: ${words}` };
  if (parent.includes(row.name)) return { do: 'omit', omission: `skipped cyclic subcommand token: ${words}` };
  if (path.length > settings.max_depth) {
    return { do: 'omit', omission: `max command depth exceeded (>${settings.max_depth}): ${words}` };
  }
  const skipped = settings.skip.some((skip) => samePath(skip, path));
  return { do: skipped ? 'list' : 'visit', path };
}
