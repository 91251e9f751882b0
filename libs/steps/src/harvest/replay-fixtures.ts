import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { fixturePaths } from '@cliparity/harvest';
import { workspaceLayout } from '@cliparity/manifest-store';
import { UsageError, type Result } from '@cliparity/model';
import { completeCall, playNext, writeStandIn, type ReplayScript, type StandInCall } from '@cliparity/replay';
import { streamsFolder } from './fixture-folders.js';
import type { Workbench } from '../base/workbench.js';

/** What is played, and how each call of it differs from what was recorded. */
export interface ReplayRequest {
  /** Paths of `.jsonl` files, or `<cli>/<version>/<stream>` of the workspace’s fixtures; the n-th call plays the n-th. */
  readonly fixtures: readonly string[];
  /** For every call; what is absent comes from the sidecar. */
  readonly call: Omit<StandInCall, 'fixture' | 'sidecar'>;
  /** Absolute folder in which calls are counted and recorded. */
  readonly state?: string | undefined;
}

/** `<cli>/<version>/<stream>`, as `pending` prints ids. */
const ID = /^([\w.-]+)\/([\w.+-]+)\/([\w-]+)$/;

/** Where a stream and its sidecar lie: a file’s own path wins, then the workspace’s fixtures, of which some may not be committed. */
function findFixture({ workspace }: Workbench, name: string): StandInCall {
  const [, cli, version, stream] = ID.exec(name) ?? [];
  if (existsSync(name) || cli === undefined || version === undefined || stream === undefined) return { fixture: name };
  const { stream: committed, sidecar } = fixturePaths(workspaceLayout(workspace).fixtures(cli, version), stream);
  const withheld = fixturePaths(streamsFolder(workspace, cli, version), stream).stream;
  const fixture = [committed, withheld].find((path) => existsSync(path));
  if (fixture !== undefined) return { fixture, sidecar };
  if (!existsSync(sidecar)) return { fixture: committed };
  throw new UsageError('REPLAY_STREAM_WITHHELD', `The stream of ${name} is not committed, and was not recorded here.`, {
    where: sidecar,
    remedy: `Record it on this machine: cliparity harvest ${cli} ${version} --scenario ${stream} --record all`,
  });
}

const callsOf = (bench: Workbench, { fixtures, call }: ReplayRequest): readonly StandInCall[] =>
  fixtures.map((name) => ({ ...call, ...findFixture(bench, name) }));

/**
 * `replay FIXTURE… [-- ARGV…]`: plays the next call on this process’s standard streams.
 * @returns the exit code or the signal of the recording
 * @throws UsageError REPLAY_FIXTURE_MISSING, REPLAY_NOT_RECORDED, REPLAY_STREAM_WITHHELD
 */
export async function replayFixtures(
  bench: Workbench,
  request: ReplayRequest,
  argv: readonly string[],
): Promise<number | string> {
  const calls = await Promise.all(callsOf(bench, request).map(completeCall));
  const { state } = request;
  const script: ReplayScript = { version: 1, calls, ...(state !== undefined && { state }) };
  return playNext(script, argv);
}

/** Which file is written, and the text of the player that goes into it. */
export interface StandInFile {
  /** Absolute. */
  readonly path: string;
  /** Absolute path of the bundled player. */
  readonly player: string;
}

/** `replay FIXTURE… --stand-in DIR/NAME`: writes one executable that is the upstream. Errors: as `replayFixtures`. */
export async function writeReplayStandIn(
  bench: Workbench,
  request: ReplayRequest,
  { path, player }: StandInFile,
): Promise<Result> {
  const state = request.state ?? join(dirname(path), `.${basename(path)}-calls`);
  const calls = callsOf(bench, request);
  const script = await writeStandIn({ path, state, calls, player: await readFile(player, 'utf8') });
  return {
    kind: 'replayed',
    schema_version: 1,
    data: { stand_in: path, state: script.state, calls: script.calls },
    view: {
      headline: `${path}: ${String(calls.length)} calls`,
      lines: [`Calls are counted in ${state}; their command lines go into calls.ndjson there.`],
      next: [`PATH=${dirname(path)}${delimiter}$PATH`],
    },
  };
}
