import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerPart, ModelAnswer } from '@cliparity/plugin-api';
import { eventName, sseFrame } from './sse.js';

async function sendPart(part: AnswerPart, response: ServerResponse, signal: AbortSignal): Promise<void> {
  switch (part.do) {
    case 'event':
      response.write(sseFrame(part.data, eventName(part.data, part.event)));
      return;
    case 'raw':
      response.write(part.text);
      return;
    case 'wait':
      await sleep(part.ms, undefined, { signal });
      return;
    case 'hang':
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('closed'))));
      return;
    case 'reset':
      // What was written before must be on the wire first: a reset discards what still waits in the socket's buffer.
      await new Promise<void>((resolve) => response.write('', () => resolve()));
      await sleep(20, undefined, { signal });
      response.socket?.resetAndDestroy();
      throw new Error('reset');
  }
}

/** Plays one answer. A client that goes away and a server that closes end it quietly. */
export async function sendAnswer(answer: ModelAnswer, response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    if (answer.delayMs !== undefined) await sleep(answer.delayMs, undefined, { signal });
    const [first, ...rest] = answer.stream ?? [];
    if (first?.do === 'reset') return void response.socket?.resetAndDestroy();
    const type = answer.stream === undefined ? 'application/json' : 'text/event-stream';
    response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
    if (answer.json !== undefined) response.write(JSON.stringify(answer.json));
    response.flushHeaders();
    for (const part of first === undefined ? [] : [first, ...rest]) {
      if (response.destroyed) return;
      await sendPart(part, response, signal);
    }
    response.end();
  } catch {
    response.destroy();
  }
}
