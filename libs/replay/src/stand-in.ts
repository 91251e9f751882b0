import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '@cliparity/model';
import type { ReplayCall, ReplayScript } from './replay-script.js';

/** A call as people write it: what is not said comes from the fixture's sidecar. */
export interface StandInCall extends Partial<Omit<ReplayCall, 'fixture'>> {
  /** Path of the recorded stream, `<name>.jsonl`. */
  readonly fixture: string;
}
export interface StandIn {
  /** Where the executable goes: a file named as the upstream's program, in a folder to put on PATH. */
  readonly path: string;
  /** Folder in which calls are counted and command lines recorded. */
  readonly state: string;
  readonly calls: readonly StandInCall[];
  /** Text of the bundled player, `replay-player.js`. */
  readonly player: string;
  /** The interpreter in the first line; `/usr/bin/env node` unless said. */
  readonly node?: string;
}

interface SidecarPart {
  readonly transport?: 'exec' | 'rpc';
  readonly exit?: { readonly code: number | null; readonly signal: string | null };
}

async function sidecarOf(fixture: string): Promise<SidecarPart> {
  try {
    return JSON.parse(await readFile(fixture.replace(/\.jsonl$/, '.meta.json'), 'utf8')) as SidecarPart;
  } catch {
    // A stream of somebody's own has none.
    return {};
  }
}

/** Completes a call from its sidecar. Error: REPLAY_FIXTURE_MISSING. */
export async function completeCall({ fixture, ...said }: StandInCall): Promise<ReplayCall> {
  const path = resolve(fixture);
  await readFile(path).catch((cause: unknown) => {
    throw new UsageError('REPLAY_FIXTURE_MISSING', `There is no recorded stream ${fixture}.`, {
      where: fixture,
      remedy: 'Give the path of a .jsonl file under integration/fixtures.',
      cause,
    });
  });
  const { transport = 'exec', exit } = await sidecarOf(path);
  return { transport, exit: exit?.signal ?? exit?.code ?? 0, ...said, fixture: path };
}

/** The text of a stand-in: one file that needs nothing but Node. */
export function standInText(script: ReplayScript, player: string, node = '/usr/bin/env node'): string {
  return `#!${node}\nglobalThis.cliparityReplay = ${JSON.stringify(script)};\n${player}`;
}

/**
 * Writes an executable that behaves as the upstream did in the recordings.
 * Errors: REPLAY_FIXTURE_MISSING.
 */
export async function writeStandIn(standIn: StandIn): Promise<ReplayScript> {
  const calls = await Promise.all(standIn.calls.map(completeCall));
  const script: ReplayScript = { version: 1, state: resolve(standIn.state), calls };
  await mkdir(dirname(standIn.path), { recursive: true });
  await writeFile(standIn.path, standInText(script, standIn.player, standIn.node), { mode: 0o755 });
  return script;
}
