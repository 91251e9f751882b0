import {
  fixtureNames,
  isIntact,
  readFixture,
  type FixturePlace,
  type StoredFixture,
} from '../fixture/fixture-files.js';
import { readFixtures } from '../schema/drift.js';
import type { Recorded } from './record-scenario.js';

/**
 * The fixtures that event schemas are made from. Of an upstream whose streams may not be committed they are those that were kept on this machine, or
 * that were recorded just now, as far as they are what the sidecars stand for; undefined when one of them is to be had in neither way.
 */
export async function schemaSources(
  place: FixturePlace,
  recorded: readonly Recorded[],
): Promise<readonly StoredFixture[] | undefined> {
  if (typeof place === 'string') return readFixtures(place);
  const fresh = recorded.flatMap(({ fixtures }) => fixtures);
  const sources: StoredFixture[] = [];
  for (const name of await fixtureNames(place.sidecars)) {
    const stored = await readFixture(place, name);
    const now = fresh.find((one) => one.name === name && one.sidecar.content_sha256 === stored.sidecar?.content_sha256);
    const source = isIntact(stored) ? stored : now;
    if (source === undefined) return undefined;
    sources.push(source);
  }
  return sources;
}
