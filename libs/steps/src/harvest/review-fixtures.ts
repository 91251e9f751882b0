import {
  acceptPending,
  fixturesLock,
  listPending,
  rejectPending,
  renewSchemas,
  reviewOf,
  type EventChange,
} from '@cliparity/harvest';
import { withRootLock, workspaceLayout } from '@cliparity/manifest-store';
import type { Result } from '@cliparity/model';
import { streamsBase } from './fixture-folders.js';
import type { Workbench } from '../base/workbench.js';

const foldersOf = ({ workspace }: Workbench) => ({
  pending: workspaceLayout(workspace).pending,
  fixtures: workspaceLayout(workspace).allFixtures,
  streams: streamsBase(workspace),
});

/** `pending`: changed fixtures that wait for somebody; their ids are what `accept` and `reject` take. */
export async function pendingFixtures(bench: Workbench): Promise<Result> {
  const pending = await listPending(foldersOf(bench));
  const rows = pending.map(({ id, cli, version }) => [id, cli, version]);
  return {
    kind: 'pending',
    schema_version: 1,
    data: { pending: pending.map(({ id }) => id) },
    view: {
      headline: pending.length === 0 ? 'nothing waits' : `${pending.length} changed fixtures wait`,
      ...(rows.length > 0 && {
        tables: [{ columns: [{ title: 'id' }, { title: 'cli' }, { title: 'version' }], rows }],
        next: ['cliparity review', 'cliparity accept ID…', 'cliparity reject ID…'],
      }),
    },
  };
}

/** One change, for a consumer of the events. */
const changeLine = ({ class: kind, of, path, message }: EventChange): string =>
  `  ${kind}: ${[of, path ?? ''].join(' ').trim()}, ${message}`;

/** `review`: what each waiting fixture changes, event by event. */
export async function reviewFixtures(bench: Workbench): Promise<Result> {
  const reviews = (await listPending(foldersOf(bench))).map(reviewOf);
  return {
    kind: 'pending',
    schema_version: 1,
    data: { reviews },
    view: {
      headline: reviews.length === 0 ? 'nothing to review' : `${reviews.length} changed fixtures`,
      lines: reviews.flatMap(({ id, changes, lines }) => [
        id,
        ...changes.map(changeLine),
        ...lines.map((line) => `  ${line}`),
      ]),
    },
  };
}

/** `accept ID…` and `reject ID…` */
export async function settlePending(
  bench: Workbench,
  verb: 'accept' | 'reject',
  ids: readonly string[],
): Promise<Result> {
  const folders = foldersOf(bench);
  const settle = verb === 'accept' ? acceptPending : rejectPending;
  const done = await withRootLock(fixturesLock(bench.workspace), async () => {
    const settled = await settle(folders, ids);
    if (verb === 'accept') await renewSchemas(folders, settled);
    return settled;
  });
  return {
    kind: 'pending',
    schema_version: 1,
    data: { [verb]: done },
    view: { headline: `${done.length} ${verb === 'accept' ? 'accepted' : 'rejected'}`, lines: done },
  };
}
