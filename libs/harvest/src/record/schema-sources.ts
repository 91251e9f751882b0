import {
  fixtureNames,
  isIntact,
  readReadable,
  type FixturePlace,
  type StoredFixture,
} from '../fixture/fixture-files.js';
import type { Recorded } from './record-scenario.js';

/**
 * The fixtures that event schemas are made from: those on disk, or that were recorded just now, as far as they are what the sidecars stand for.
 * Undefined when one of them is to be had in neither way, because it was edited, its sidecar cannot be read, or its stream may not be committed and
 * was not kept on this machine: a schema without it would lack what it holds.
 */
export async function schemaSources(
  place: FixturePlace,
  recorded: readonly Recorded[],
): Promise<readonly StoredFixture[] | undefined> {
  const fresh = recorded.flatMap(({ fixtures }) => fixtures);
  const sources: StoredFixture[] = [];
  for (const name of await fixtureNames(typeof place === 'string' ? place : place.sidecars)) {
    const stored = await readReadable(place, name);
    const now = fresh.find((one) => one.name === name && one.sidecar.content_sha256 === stored.sidecar?.content_sha256);
    const source = isIntact(stored) ? stored : now;
    if (source === undefined) return undefined;
    sources.push(source);
  }
  return sources;
}
