import { join } from 'node:path';
import { mustRun } from './command.js';
import { makeUpstream, publish } from './fake-upstream.js';
import { emptyStore, makePlace, type Place } from './place.js';

/** A place with version 1.0.0 published and nothing done yet. */
export async function makePublishedPlace(): Promise<Place> {
  const place = makePlace();
  publish(place.upstream, (await makeUpstream(join(place.base, 'program'))).path);
  return place;
}

/** A place where version 1.0.0 is locked and nothing is in the store. */
export async function makeLockedPlace(): Promise<Place> {
  const place = await makePublishedPlace();
  await mustRun(place, ['lock', 'fake', '1.0.0']);
  emptyStore(place);
  return place;
}

/** A place where the whole chain has run for version 1.0.0. */
export async function makeFinishedPlace(): Promise<Place> {
  const place = await makePublishedPlace();
  await mustRun(place, ['lock', 'fake', '1.0.0']);
  await mustRun(place, ['report', 'fake', '1.0.0', '--chain']);
  return place;
}
