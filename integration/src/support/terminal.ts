import { spawn, spawnSync } from 'node:child_process';
import { CLIPARITY_BIN } from './command.js';
import type { Place } from './place.js';

/** Whether this machine has util-linux’s `script`, which gives a child a terminal. */
export const HAS_TERMINAL =
  process.platform === 'linux' && spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

/** What stands on the screen, and what is typed then. */
export type Exchange = readonly [shown: string, keys: string];

const ESCAPES = new RegExp(`${String.fromCodePoint(27)}\\[[\\d;?]*[A-Za-z]`, 'g');
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Runs the command in a terminal of its own; each question is answered when it is shown, in their order. */
export async function runInTerminal(
  place: Place,
  words: readonly string[],
  exchanges: readonly Exchange[],
): Promise<{ readonly exit: number | null; readonly screen: string; readonly unasked: readonly string[] }> {
  const line = [process.execPath, CLIPARITY_BIN, ...words].map(quoted).join(' ');
  const child = spawn('script', ['-qefc', `stty cols 200 rows 60; ${line}`, '/dev/null'], {
    cwd: place.workspace,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: place.home,
      CLIPARITY_STORE: place.store,
      TERM: 'xterm',
      SHELL: '/bin/sh',
    },
  });
  const waiting = [...exchanges];
  let printed = '';
  let screen = '';
  let read = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    // The whole: one escape may come in two chunks.
    printed += chunk;
    screen = printed.replace(ESCAPES, '');
    const [next] = waiting;
    const at = next === undefined ? -1 : screen.indexOf(next[0], read);
    if (next === undefined || at < 0) return;
    read = at + next[0].length;
    waiting.shift();
    child.stdin.write(next[1]);
  });
  const exit = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  return { exit, screen, unasked: waiting.map(([shown]) => shown) };
}
