import { argvProblem } from './check-argv.js';
import { piecesOf, replaceNames } from './cut-text.js';
import { REPLAY_FAILED, type ReplayCall, type ReplayScript } from './replay-script.js';
import { createRpcPlayer, type TalkLine } from './rpc-player.js';

// No import statement: the file this becomes may be read as a script or as a module, whatever folder it is put in.
const fs = process.getBuiltinModule('node:fs');

const CHUNK = 1024 * 1024;

/** The reader has gone: nothing more is printed, and the call ends as it would have. */
let unread = false;
const write = (text: string | Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (unread) resolve();
    else process.stdout.write(text, () => resolve());
  });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

class Failed extends Error {}

/** Counts this call: the first number that nobody has taken yet. Several processes may ask at once. */
function takeNumber(state: string): number {
  fs.mkdirSync(state, { recursive: true });
  for (let number = 1; ; number += 1) {
    try {
      fs.writeFileSync(`${state}/call-${String(number)}`, '', { flag: 'wx' });
      return number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The file as it is, in pieces, at the reader's pace. */
async function printFile(path: string): Promise<void> {
  const file = fs.openSync(path, 'r');
  const size = fs.fstatSync(file).size;
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK, size)));
  for (let read = fs.readSync(file, buffer); read > 0 && !unread; read = fs.readSync(file, buffer)) {
    await write(Buffer.from(buffer.subarray(0, read)));
  }
  fs.closeSync(file);
}

async function printPaced(pieces: readonly (string | Uint8Array)[], pace: number | readonly number[]): Promise<void> {
  for (const [at, piece] of pieces.entries()) {
    if (unread) return;
    const ms = typeof pace === 'number' ? pace : (pace[at] ?? pace.at(-1) ?? 0);
    if (ms > 0) await pause(ms);
    await write(piece);
  }
}

async function playExec(call: ReplayCall): Promise<void> {
  if (call.truncate === undefined && call.paceMs === undefined && call.replace === undefined) {
    return printFile(call.fixture);
  }
  const pieces = piecesOf(replaceNames(fs.readFileSync(call.fixture, 'utf8'), call.replace), call.truncate);
  await (call.paceMs === undefined
    ? write(Buffer.concat(pieces.map((piece) => Buffer.from(piece))))
    : printPaced(pieces, call.paceMs));
}

/** Error: what the client sent is no message. */
function messageOf(line: string): Readonly<Record<string, unknown>> {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    message = undefined;
  }
  if (typeof message === 'object' && message !== null) return message as Readonly<Record<string, unknown>>;
  throw new Failed(`the client said ${JSON.stringify(line.slice(0, 200))}, which is no JSON object`);
}

async function playRpc(call: ReplayCall): Promise<void> {
  const text = replaceNames(fs.readFileSync(call.fixture, 'utf8'), call.replace);
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as TalkLine);
  const player = createRpcPlayer(lines, call.strict);
  const say = (messages: readonly unknown[]): Promise<void> =>
    messages.length === 0 ? Promise.resolve() : write(messages.map((one) => `${JSON.stringify(one)}\n`).join(''));
  await say(player.start());
  let held = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    held += chunk;
    const parts = held.split('\n');
    held = parts.pop() ?? '';
    for (const line of parts.filter((part) => part.trim() !== '')) {
      const heard = player.hear(messageOf(line));
      if ('problem' in heard) throw new Failed(heard.problem);
      await say(heard.say);
    }
  }
  const missing = player.missing();
  if (missing !== undefined) throw new Failed(missing);
}

function countCall(state: string, argv: readonly string[]): number {
  const call = takeNumber(state);
  fs.appendFileSync(`${state}/calls.ndjson`, `${JSON.stringify({ call, argv, cwd: process.cwd() })}\n`);
  return call;
}

function chooseCall({ state, calls }: ReplayScript, argv: readonly string[]): ReplayCall {
  const number = state === undefined ? 1 : countCall(state, argv);
  const call = calls[number - 1];
  if (call === undefined)
    throw new Failed(`called ${String(number)} times, and the script has ${String(calls.length)} calls`);
  const problem = call.argv === undefined ? undefined : argvProblem(call.argv, argv);
  if (problem !== undefined) throw new Failed(problem);
  return call;
}

/**
 * Plays the next call of a script on this process's standard streams.
 * @returns how the upstream ended: its exit code, or the signal that killed it; REPLAY_FAILED for what is the player's own trouble, which it has said
 */
export async function playNext(script: ReplayScript, argv: readonly string[]): Promise<number | string> {
  process.stdout.on('error', () => {
    unread = true;
  });
  try {
    const call = chooseCall(script, argv);
    if (call.stderr !== undefined) process.stderr.write(call.stderr);
    await (call.transport === 'rpc' ? playRpc(call) : playExec(call));
    return call.exit;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`cliparity replay: ${message}\n`);
    // A client that waits for an answer must not wait for ever.
    process.stdin.destroy();
    return REPLAY_FAILED;
  }
}

/** Ends this process as a call ended. */
export function endAs(exit: number | string): void {
  if (typeof exit === 'number') process.exitCode = exit;
  else process.kill(process.pid, exit);
}
