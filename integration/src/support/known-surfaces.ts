import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUSE } from './clone.js';
import type { PageFacts } from './surface-facts.js';

/** What we know about a CLI: facts of our own reading, no sentence of its pages. File of `integration/surfaces`. */
export interface KnownSurface {
  readonly package: string;
  /** A person read every page beside these facts. A changed fact takes the mark away. */
  readonly reviewed: boolean;
  /** Words at the begin of a line that look like a flag and are prose. */
  readonly prose?: readonly string[];
  /** What a person reads there and the parser does not, in our words. */
  readonly missed?: readonly string[];
  /** By the command’s words; the root’s is empty. */
  readonly pages: Readonly<Record<string, PageFacts>>;
}

const fileOf = (name: string): string => join(HOUSE, 'integration/surfaces', `${name}.json`);

/** The committed surface of a CLI; undefined when there is none yet. */
export function readSurface(name: string): KnownSurface | undefined {
  return existsSync(fileOf(name)) ? (JSON.parse(readFileSync(fileOf(name), 'utf8')) as KnownSurface) : undefined;
}

/** Writes what the parser says today (`UPDATE_SURFACES=1`); `npm run format` then brings it into the house’s form. */
export function updateSurface(name: string, today: Pick<KnownSurface, 'package' | 'pages'>): void {
  const known = readSurface(name);
  const isSame = JSON.stringify(known?.pages) === JSON.stringify(today.pages) && known?.package === today.package;
  const surface = { ...known, ...today, reviewed: isSame && known?.reviewed === true };
  const { package: shipped, reviewed, prose, missed, pages } = surface;
  const text = JSON.stringify({ package: shipped, reviewed, prose, missed, pages }, null, 2);
  writeFileSync(fileOf(name), `${text}\n`);
}
