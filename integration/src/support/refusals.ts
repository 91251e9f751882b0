import { existsSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { run, startRaw, type Ran } from './command.js';
import { controlsIn } from './controls.js';
import { copyPlace, type Place } from './place.js';
import { committed, digestsBelow, leftovers } from './traces.js';

/** One thing the command must refuse, and how. */
export interface Refusal {
  readonly what: string;
  readonly args: readonly string[];
  /** Breaks something in a fresh copy of the group's place. */
  readonly arrange?: (place: Place) => Promise<void> | void;
  readonly exit: 1 | 2 | 3;
  /** The code of the error, or of a finding. */
  readonly code: string;
  /** What message, place or remedy must say. */
  readonly names: readonly (string | RegExp)[];
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly where?: string;
  readonly remedy?: string;
}
interface AnyDocument {
  readonly schema_version?: unknown;
  readonly kind?: unknown;
  readonly findings?: readonly Told[];
}

/** Standard output as one JSON document. */
export function documentOf(ran: Ran): AnyDocument & Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(ran.stdout) as AnyDocument & Readonly<Record<string, unknown>>;
  } catch {
    throw new Error(`standard output is no JSON document: ${ran.stdout.slice(0, 500)}\nstandard error: ${ran.stderr}`);
  }
}

/** The error or the findings of a document. */
export function toldBy(ran: Ran): readonly Told[] {
  const document = documentOf(ran);
  const { findings } = document;
  return document.kind === 'error' ? [document as unknown as Told] : (findings ?? []);
}

/** The store must verify after whatever happened. Asked from another workspace: the place's own may be what was broken. */
export async function expectSoundStore(place: Place): Promise<void> {
  if (!existsSync(place.store)) return;
  const ran = await startRaw(place, ['-C', place.home, 'store', 'verify', '--json']).ended;
  expect([ran.exit, toldBy(ran)]).toEqual([0, []]);
}

/** Looks at one run through all that a refusal promises. */
export function expectRefusal(ran: Ran, refusal: Pick<Refusal, 'exit' | 'code' | 'names'>): void {
  const told = toldBy(ran);
  expect({ exit: ran.exit, codes: told.map((one) => one.code) }).toEqual({
    exit: refusal.exit,
    codes: expect.arrayContaining([refusal.code]),
  });
  expect(documentOf(ran).schema_version).toBe(1);
  if (documentOf(ran).kind === 'error') expect(ran.stderr).toContain(`error ${refusal.code}: `);
  const text = told.map((one) => JSON.stringify(one)).join('\n');
  for (const name of refusal.names)
    expect(text).toEqual(typeof name === 'string' ? expect.stringContaining(name) : expect.stringMatching(name));
  expect(ran.stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(controlsIn(ran.stderr + ran.stdout)).toEqual([]);
}

/** What a refused run must leave as it was. */
export interface Untouched {
  readonly committed: Readonly<Record<string, string>>;
  readonly store: Readonly<Record<string, string>>;
}

/** Looks at a place before a run. */
export const lookAt = (place: Place): Untouched => ({ committed: committed(place), store: digestsBelow(place.store) });

/** No committed file changed, nothing half-written is left, and the store verifies. */
export async function expectUntouched(place: Place, before: Untouched): Promise<void> {
  expect(committed(place)).toEqual(before.committed);
  expect(leftovers(place)).toEqual([]);
  // Bytes that did not change were verified when they came.
  if (JSON.stringify(digestsBelow(place.store)) !== JSON.stringify(before.store)) await expectSoundStore(place);
}

/** One test per refusal, each in a copy of the group's place: exit code, error code, names, one JSON document, and nothing half-written. */
export function refuses(base: () => Place, refusals: readonly Refusal[]): void {
  it.each(refusals.map((refusal) => [refusal.what, refusal] as const))('%s', async (_, refusal) => {
    const place = copyPlace(base());
    await refusal.arrange?.(place);
    const before = lookAt(place);
    expectRefusal(await run(place, [...refusal.args, '--json']), refusal);
    await expectUntouched(place, before);
  });
}
