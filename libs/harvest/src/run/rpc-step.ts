import { FindingError } from '@cliparity/model';
import type { RpcMove, RpcStep } from '@cliparity/plugin-api';
import { fillDeep, valueAt } from '../plan/fill.js';
import { startSession, type Session } from './child-session.js';
import type { RawStream } from './raw-stream.js';
import { createConversation, type Conversation } from './rpc-conversation.js';
import { sessionSpec, type StepPlace } from './step-place.js';

interface Talk {
  readonly step: RpcStep;
  readonly place: StepPlace;
  readonly session: Session;
  readonly conversation: Conversation;
}

/** Waits for something the conversation promises, or for the upstream's end, which then came too early. */
function before<T>({ session, step }: Talk, what: string, promise: Promise<T>): Promise<T> {
  const early = session.ended.then((end) => {
    throw new FindingError('SCENARIO_ENDED_OTHERWISE', `The upstream ended before ${what}.`, {
      where: step.argv.join(' '),
      remedy: `Its last words: ${end.stderr.trim().slice(-400) || '(none)'}`,
    });
  });
  return Promise.race([promise, early]);
}

function takeFrom({ place, step }: Talk, take: Readonly<Record<string, string>> | undefined, from: unknown): void {
  for (const [name, path] of Object.entries(take ?? {})) place.keep(name, valueAt(from, path), step);
}

async function makeMove(talk: Talk, move: RpcMove): Promise<void> {
  const { conversation, place } = talk;
  if ('asked' in move) {
    if (place.model !== undefined) await before(talk, 'the model was asked', place.model.asked(move.asked));
    return;
  }
  if ('until' in move) {
    const message = await before(talk, `${move.until} came`, conversation.next(move.until));
    takeFrom(talk, move.take, message['params']);
    return;
  }
  if ('notify' in move) {
    const params = fillDeep(move.params, place.names);
    return conversation.send({ method: move.notify, ...(params !== undefined && { params }) });
  }
  const answer = conversation.call(move.call, fillDeep(move.params, place.names));
  if (move.wait === false) return void answer.catch(() => undefined);
  takeFrom(talk, move.take, (await before(talk, `it answered ${move.call}`, answer))['result']);
}

/** Holds a conversation with the upstream as a server. Errors: those of the session, SCENARIO_ENDED_OTHERWISE, SCENARIO_NOTHING_TO_TAKE. */
export async function runRpcStep(step: RpcStep, place: StepPlace): Promise<RawStream> {
  const conversation = createConversation(step, (line) => session.write(line));
  const session = startSession({ ...sessionSpec(step, place), onLine: conversation.hear, keepStdin: true });
  const talk: Talk = { step, place, session, conversation };
  try {
    for (const move of step.moves) await makeMove(talk, move);
  } catch (error) {
    session.kill('SIGKILL');
    await session.ended.catch(() => undefined);
    throw error;
  }
  conversation.hangUp();
  session.closeStdin();
  // A server that waits for an answer that never comes does not end by itself.
  const grace = setTimeout(() => session.kill('SIGTERM'), 1000);
  const end = await session.ended.finally(() => clearTimeout(grace));
  return {
    name: place.stream,
    transport: 'rpc',
    argv: step.argv,
    lines: conversation.lines(),
    exit: { code: 0, signal: null },
    unfinished: end.unfinished,
    invalidUtf8: end.invalidUtf8,
  };
}
