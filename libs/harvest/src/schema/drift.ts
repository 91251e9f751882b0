import { compareBytes } from '@cliparity/model';
import { fixtureNames, readFixture, type FixturePlace, type StoredFixture } from '../fixture/fixture-files.js';
import { fixtureEvents } from './canonical-event.js';
import { diffShapes, type EventChange } from './diff-shapes.js';
import { diffStream } from './diff-streams.js';
import { shapesOf, type EventShapes } from './event-schema.js';

export const TRANSPORTS = ['exec', 'rpc'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** What a consumer of the event streams has to know about two versions. */
export interface Drift {
  readonly cli: string;
  readonly from: string;
  readonly to: string;
  /** Streams of both versions, which were compared. */
  readonly compared: readonly string[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  /** Changes in what events look like, by transport. */
  readonly shapes: Readonly<Record<Transport, readonly EventChange[]>>;
  /** Changes in which events come, when, and how a run ends. */
  readonly streams: readonly EventChange[];
}

/** All fixtures of a place that have both halves. @param names all of the folder unless said */
export async function readFixtures(place: FixturePlace, names?: readonly string[]): Promise<readonly StoredFixture[]> {
  const wanted = names ?? (await fixtureNames(typeof place === 'string' ? place : place.sidecars));
  const all = await Promise.all(wanted.map((name) => readFixture(place, name)));
  return all.filter(({ text, sidecar }) => text !== undefined && sidecar !== undefined);
}

/** What was seen of each event of one transport. */
export function transportShapes(fixtures: readonly StoredFixture[], transport: Transport): EventShapes {
  return shapesOf(fixtures.filter(({ sidecar }) => sidecar?.transport === transport).flatMap(fixtureEvents));
}

/** Compares two versions by the streams that both have: a scenario that only one of them fits is no drift. Pure. */
export function driftOf(
  before: readonly StoredFixture[],
  after: readonly StoredFixture[],
  about: Pick<Drift, 'cli' | 'from' | 'to'>,
): Drift {
  const later = new Map(after.map((fixture) => [fixture.name, fixture]));
  const pairs = before.flatMap((fixture) => {
    const other = later.get(fixture.name);
    return other === undefined ? [] : [[fixture, other] as const];
  });
  const names = new Set(pairs.map(([{ name }]) => name));
  const rest = (fixtures: readonly StoredFixture[]): readonly string[] =>
    fixtures
      .map(({ name }) => name)
      .filter((name) => !names.has(name))
      .sort(compareBytes);
  const shapes = (transport: Transport): readonly EventChange[] =>
    diffShapes(
      transportShapes(
        pairs.map(([a]) => a),
        transport,
      ),
      transportShapes(
        pairs.map(([, b]) => b),
        transport,
      ),
    );
  return {
    ...about,
    compared: [...names].sort(compareBytes),
    onlyBefore: rest(before),
    onlyAfter: rest(after),
    shapes: { exec: shapes('exec'), rpc: shapes('rpc') },
    streams: pairs.flatMap(([a, b]) => diffStream(a, b)),
  };
}
