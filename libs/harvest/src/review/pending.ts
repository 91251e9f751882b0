import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@cliparity/model';
import { fixtureNames, readReadable, removeFixture, writeFixture } from '../fixture/fixture-files.js';
import type { Fixture, FixturePlace, StoredFixture } from '../fixture/fixture-files.js';
import { withHistory } from '../record/settle-fixture.js';
import { fixtureEvents } from '../schema/canonical-event.js';
import { diffShapes, type EventChange } from '../schema/diff-shapes.js';
import { diffStream } from '../schema/diff-streams.js';
import { shapesOf } from '../schema/event-schema.js';

/** Where things wait, and where they go: both hold `<cli>/<version>/<stream>.*`. */
export interface ReviewFolders {
  readonly pending: string;
  readonly fixtures: string;
  /** Where streams go that may not be committed, `<cli>/<version>/<stream>.jsonl`. */
  readonly streams: string;
}

/** One changed stream that waits for a decision. Its id, `<cli>/<version>/<stream>`, stays the same until somebody decides. */
export interface PendingFixture {
  readonly id: string;
  readonly cli: string;
  readonly version: string;
  readonly accepted: StoredFixture;
  readonly proposed: StoredFixture;
}

async function foldersIn(path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort((a, b) => (a < b ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A sidecar that counts its events by name stands for a stream that may not be committed. */
function acceptedPlace(folders: ReviewFolders, proposed: StoredFixture, of: readonly string[]): FixturePlace {
  const sidecars = join(folders.fixtures, ...of);
  const withheld = proposed.sidecar?.event_types !== undefined;
  return withheld ? { sidecars, streams: join(folders.streams, ...of) } : sidecars;
}

/** All that waits, in order of the ids. What cannot be read is only half there, so that it can still be rejected. */
export async function listPending(folders: ReviewFolders): Promise<readonly PendingFixture[]> {
  const found: PendingFixture[] = [];
  for (const cli of await foldersIn(folders.pending)) {
    for (const version of await foldersIn(join(folders.pending, cli))) {
      for (const name of await fixtureNames(join(folders.pending, cli, version))) {
        const proposed = await readReadable(join(folders.pending, cli, version), name);
        const accepted = await readReadable(acceptedPlace(folders, proposed, [cli, version]), name);
        found.push({ id: `${cli}/${version}/${name}`, cli, version, accepted, proposed });
      }
    }
  }
  return found;
}

/** What one pending stream would change: for consumers, and line by line. */
export interface Review {
  readonly id: string;
  readonly changes: readonly EventChange[];
  /** `-` and `+` lines, the first hundred of each run of differences. */
  readonly lines: readonly string[];
}

const LINES_SHOWN = 100;

/** The lines that differ: what stands before and after the first and last difference is left out. */
function differingLines(before: string, after: string): readonly string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const cut = (lines: readonly string[], sign: string): readonly string[] =>
    lines
      .slice(start, lines.length - end)
      .slice(0, LINES_SHOWN)
      .map((line) => `${sign} ${line}`);
  return [...cut(a, '-'), ...cut(b, '+')];
}

/** Says what a pending stream would change. Pure. */
export function reviewOf({ id, accepted, proposed }: PendingFixture): Review {
  return {
    id,
    changes: [
      // That events came or went is said of the stream.
      ...diffShapes(shapesOf(fixtureEvents(accepted)), shapesOf(fixtureEvents(proposed))).filter(
        ({ kind }) => kind !== 'event-new' && kind !== 'event-gone',
      ),
      ...diffStream(accepted, proposed),
    ],
    lines: differingLines(accepted.text ?? '', proposed.text ?? ''),
  };
}

async function pick(folders: ReviewFolders, ids: readonly string[]): Promise<readonly PendingFixture[]> {
  const all = await listPending(folders);
  const unknown = ids.filter((id) => !all.some((one) => one.id === id));
  if (unknown.length === 0) return all.filter(({ id }) => ids.includes(id));
  throw new UsageError('PENDING_UNKNOWN', `Nothing waits under ${unknown.join(', ')}.`, {
    where: unknown[0],
    remedy: all.length === 0 ? 'Nothing waits at all.' : `What waits: ${all.map(({ id }) => id).join(', ')}.`,
  });
}

const removePending = ({ pending }: ReviewFolders, { cli, version, proposed }: PendingFixture): Promise<void> =>
  removeFixture(join(pending, cli, version), proposed.name);

/** Error: PENDING_BROKEN. */
function wholeOf({ id, cli, version, proposed }: PendingFixture): Fixture {
  const { name, text, sidecar } = proposed;
  if (text !== undefined && sidecar !== undefined) return { name, text, sidecar };
  throw new UsageError('PENDING_BROKEN', `${id} is only half there.`, {
    where: id,
    remedy: `Drop it: cliparity reject ${id}. Then harvest again: cliparity harvest ${cli} ${version} --record new`,
  });
}

/**
 * Puts pending streams in the place of the accepted ones. All of them are looked at before anything is written.
 * @returns the ids that were accepted
 * Errors: PENDING_UNKNOWN, PENDING_BROKEN.
 */
export async function acceptPending(folders: ReviewFolders, ids: readonly string[]): Promise<readonly string[]> {
  const chosen = (await pick(folders, ids)).map((one) => ({ one, whole: wholeOf(one) }));
  for (const { one, whole } of chosen) {
    const place = acceptedPlace(folders, one.proposed, [one.cli, one.version]);
    await writeFixture(place, { ...whole, sidecar: withHistory(whole.sidecar, one.accepted.sidecar) });
    await removePending(folders, one);
  }
  return chosen.map(({ one }) => one.id);
}

/** Throws pending streams away; the accepted ones stay. Error: PENDING_UNKNOWN. */
export async function rejectPending(folders: ReviewFolders, ids: readonly string[]): Promise<readonly string[]> {
  const chosen = await pick(folders, ids);
  for (const one of chosen) await removePending(folders, one);
  return chosen.map(({ id }) => id);
}
