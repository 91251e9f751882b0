import { join } from 'node:path';
import type { FakeCliSpec } from '@cliparity/testkit';
import { mustRun } from './command.js';
import { HOST_TARGET, makeUpstream, publish } from './fake-upstream.js';
import { makePlace, newFolder, put, type Place } from './place.js';

/** The targets of a root that knows nothing but this machine. */
export const ONLY_HERE = { required: HOST_TARGET, expected: [HOST_TARGET] };
/** The words that read version 1.0.0 on this machine. */
export const SNAPSHOT = ['snapshot', 'fake', '1.0.0', '--target', HOST_TARGET] as const;

/** A place where a program was locked as version 1.0.0. */
export async function lockedProgram(program: string, crawl: object = {}): Promise<Place> {
  const place = makePlace({ targets: ONLY_HERE, crawl });
  publish(place.upstream, program);
  await mustRun(place, ['lock', 'fake', '1.0.0']);
  return place;
}
/** As `lockedProgram`, of a fake CLI. */
export const lockedCli = async (spec: Partial<FakeCliSpec>, crawl: object = {}): Promise<Place> =>
  lockedProgram((await makeUpstream(newFolder(), spec)).path, crawl);
/** As `lockedProgram`, of any bytes. */
export async function lockedBytes(bytes: string | Uint8Array): Promise<Place> {
  const file = join(newFolder(), 'program');
  put(file, bytes);
  return lockedProgram(file);
}
