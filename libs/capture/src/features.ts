import { compareBytes, comparePaths, type Feature, type Features, type Page } from '@cliparity/model';
import type { CrawlResult } from './crawl.js';

function fieldsOf(line: string): readonly string[] {
  const wide = line.split(/\s{2,}/);
  if (wide.length >= 3) return wide;
  return line.split(/\s+/);
}

function featureOf(line: string): Feature | undefined {
  const fields = fieldsOf(line.trim());
  const [name, last] = [fields[0], fields.at(-1)?.toLowerCase()];
  if (fields.length < 3 || name === undefined || (last !== 'true' && last !== 'false')) return undefined;
  return { name, stage: fields.slice(1, -1).join(' '), effective: last === 'true' };
}

/**
 * Reads lines of `name  stage  true|false`. Columns stand apart by two spaces or more, so that a stage may have several words
 * (the reference lost those); a line with single spaces is split at each, first and last word apart. Other lines are headings.
 * @returns sorted by name in byte order, the first line of a name wins
 */
export function parseFeatures(text: string): readonly Feature[] {
  const byName = new Map<string, Feature>();
  for (const line of text.split(/\r?\n/)) {
    const feature = featureOf(line);
    if (feature !== undefined && !byName.has(feature.name)) byName.set(feature.name, feature);
  }
  return [...byName.values()].sort((a, b) => compareBytes(a.name, b.name));
}

/** The features a second pass enables: all but those of the stage `removed`. */
export function enabledNames(listed: readonly Feature[]): readonly string[] {
  return listed.filter((feature) => feature.stage !== 'removed').map((feature) => feature.name);
}

/** The answer of a feature list that could not be had; it names no machine. */
export function failedFeatures(page: Page): Features {
  const said = page.stderr.trim().split('\n', 1)[0]?.trim() ?? '';
  const error = `${page.argv.join(' ')} exited ${page.exit_code}${said === '' ? '' : `: ${said.slice(0, 200)}`}`;
  return { mode: 'default', probe_error: error };
}

/** The commands that only the second pass lists, by path. */
export function commandsAdded(first: CrawlResult, second: CrawlResult): readonly (readonly string[])[] {
  const known = new Set(first.listed.map(({ path }) => path.join('\u001f')));
  return second.listed
    .map(({ path }) => path)
    .filter((path) => !known.has(path.join('\u001f')))
    .sort(comparePaths);
}
