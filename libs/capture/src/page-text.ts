import { stripVTControlCharacters } from 'node:util';
import type { HelpPage, Page } from '@cliparity/model';
import type { CrawlSettings } from './crawl-settings.js';

function chosen(page: Page, stream: CrawlSettings['stream']): string {
  if (stream === 'stdout' || stream === 'stderr') return page[stream];
  if (stream === 'first-nonempty') return page.stdout.trim() === '' ? page.stderr : page.stdout;
  const gap = page.stdout === '' || page.stdout.endsWith('\n') ? '' : '\n';
  return `${page.stdout}${gap}${page.stderr}`;
}

/** The help text of a page: of the stream that the settings name, LF newlines, no terminal escapes. */
export function pageText(page: Page, stream: CrawlSettings['stream']): string {
  return stripVTControlCharacters(chosen(page, stream)).replaceAll('\r\n', '\n');
}

/** A page as a dialect wants it. */
export function helpPageOf(page: Page, stream: CrawlSettings['stream'], binary?: string): HelpPage {
  return { text: pageText(page, stream), path: page.path, ...(binary !== undefined && { binary }) };
}

/** Whether a text from a run that failed is help all the same. Source: parity-formats 2.5. */
export function looksLikeHelp(text: string): boolean {
  return /usage:|commands:|options:|flags:/i.test(text);
}
