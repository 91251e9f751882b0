import type { CatalogueEntry } from './catalogue-entry.js';
import { acquisitionEntries } from './entries/acquisition.js';
import { archivesEntries } from './entries/archives.js';
import { captureEntries } from './entries/capture.js';
import { commandLineEntries } from './entries/command-line.js';
import { configurationEntries } from './entries/configuration.js';
import { consumersEntries } from './entries/consumers.js';
import { contentEntries, contentWarnings } from './entries/content.js';
import { coverageEntries } from './entries/coverage.js';
import { dueEntries } from './entries/due.js';
import { fixturesEntries } from './entries/fixtures.js';
import { forgesEntries } from './entries/forges.js';
import { initEntries } from './entries/init.js';
import { lifecycleEntries } from './entries/lifecycle.js';
import { lockEntries } from './entries/lock.js';
import { nxEntries } from './entries/nx.js';
import { parityContentsEntries } from './entries/parity-contents.js';
import { parityFilesEntries } from './entries/parity-files.js';
import { parityMatrixEntries } from './entries/parity-matrix.js';
import { parityRulesEntries } from './entries/parity-rules.js';
import { pluginsEntries } from './entries/plugins.js';
import { ratchetsEntries } from './entries/ratchets.js';
import { rootsAndFilesEntries } from './entries/roots-and-files.js';
import { runningEntries } from './entries/running.js';
import { scenariosEntries } from './entries/scenarios.js';
import { snapshotsAndUnionsEntries } from './entries/snapshots-and-unions.js';
import { storeEntries } from './entries/store.js';
import { upkeepEntries } from './entries/upkeep.js';
import { validationEntries } from './entries/validation.js';
import { watchEntries } from './entries/watch.js';

const ALL: readonly CatalogueEntry[] = [
  ...acquisitionEntries,
  ...archivesEntries,
  ...captureEntries,
  ...commandLineEntries,
  ...configurationEntries,
  ...consumersEntries,
  ...contentEntries,
  ...contentWarnings,
  ...coverageEntries,
  ...dueEntries,
  ...fixturesEntries,
  ...forgesEntries,
  ...initEntries,
  ...lifecycleEntries,
  ...lockEntries,
  ...nxEntries,
  ...parityContentsEntries,
  ...parityFilesEntries,
  ...parityMatrixEntries,
  ...parityRulesEntries,
  ...pluginsEntries,
  ...ratchetsEntries,
  ...rootsAndFilesEntries,
  ...runningEntries,
  ...scenariosEntries,
  ...snapshotsAndUnionsEntries,
  ...storeEntries,
  ...upkeepEntries,
  ...validationEntries,
  ...watchEntries,
];

/** Every code, in byte order. */
export const CATALOGUE: readonly CatalogueEntry[] = [...ALL].sort((a, b) => (a.code < b.code ? -1 : 1));

/** Every code’s name. */
export const CODES: readonly string[] = CATALOGUE.map((entry) => entry.code);

/** The entry of a code; undefined when there is none. */
export function catalogueEntry(code: string): CatalogueEntry | undefined {
  return CATALOGUE.find((entry) => entry.code === code);
}
