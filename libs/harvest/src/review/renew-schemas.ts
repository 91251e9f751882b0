import { join } from 'node:path';
import { fixtureNames, readFixture, type FixturePlace } from '../fixture/fixture-files.js';
import { schemaSources } from '../record/schema-sources.js';
import { deriveSchemas } from '../schema/schema-files.js';
import type { ReviewFolders } from './pending.js';

async function placeOf(folders: ReviewFolders, of: string): Promise<FixturePlace> {
  const sidecars = join(folders.fixtures, of);
  const stored = await Promise.all((await fixtureNames(sidecars)).map((name) => readFixture(sidecars, name)));
  const withheld = stored.some(({ sidecar }) => sidecar?.event_types !== undefined);
  return withheld ? { sidecars, streams: join(folders.streams, of) } : sidecars;
}

/** Writes the event schemas anew of the versions whose streams were accepted. @param ids `<cli>/<version>/<stream>` each */
export async function renewSchemas(folders: ReviewFolders, ids: readonly string[]): Promise<void> {
  const versions = new Set(ids.map((id) => id.split('/').slice(0, 2).join('/')));
  for (const of of versions) {
    const [cli = '', version = ''] = of.split('/');
    const sources = await schemaSources(await placeOf(folders, of), []);
    if (sources === undefined) continue;
    const about = { cli, version, folder: join(folders.fixtures, of) };
    await deriveSchemas(sources, about, { check: false, file: (path) => path });
  }
}
