import type { RpcStep } from '@cliparity/plugin-api';
import { eventOf } from './raw-stream.js';

type Message = Readonly<Record<string, unknown>>;

/** A JSON-RPC conversation as it is recorded. */
export interface Conversation {
  readonly hear: (line: string) => void;
  readonly send: (message: Message) => void;
  readonly call: (method: string, params: unknown) => Promise<Message>;
  /** The first message of this method since the last request. */
  readonly next: (method: string) => Promise<Message>;
  /** From here on nothing is recorded: what a server says while it shuts down is a race. */
  readonly hangUp: () => void;
  readonly lines: () => readonly string[];
}

/** What happened between two requests of the client: their order among each other is fixed, that of their contents is not quite. */
interface Segment {
  readonly request: Message | undefined;
  answer: Message | undefined;
  readonly rest: { readonly dir: 'in' | 'out'; readonly message: Message }[];
  readonly noise: string[];
}

const line = (dir: 'in' | 'out', message: unknown): string => JSON.stringify({ dir, message });
const emptySegment = (request?: Message): Segment => ({ request, answer: undefined, rest: [], noise: [] });

/**
 * One canonical order for what a server and its client said: each request, then its answer, then what else came until the next request. Whether an
 * answer or a notification is written first is a race in the server, so the recording does not depend on it.
 */
function ordered(segments: readonly Segment[], { loose = [], drop = [] }: RpcStep): readonly string[] {
  const fixed: string[] = [];
  const sorted: string[] = [];
  for (const { request, answer, rest, noise } of segments) {
    if (request !== undefined) fixed.push(line('in', request));
    if (answer !== undefined) fixed.push(line('out', answer));
    for (const { dir, message } of rest) {
      const method = String(message['method'] ?? '');
      if (drop.includes(method)) continue;
      (loose.includes(method) ? sorted : fixed).push(line(dir, message));
    }
    fixed.push(...noise);
  }
  return [...fixed, ...sorted.sort((a, b) => (a < b ? -1 : 1))];
}

/** Starts a conversation. `write` gets each line for the server, with its line feed. */
export function createConversation(step: RpcStep, write: (line: string) => void): Conversation {
  const segments: Segment[] = [emptySegment()];
  const waiting = new Map<unknown, { segment: Segment; resolve: (message: Message) => void }>();
  let heard: Message[] = [];
  let listeners: { method: string; resolve: (message: Message) => void }[] = [];
  let recording = true;
  let lastId = 0;
  const last = (): Segment => segments.at(-1) as Segment;

  const send = (message: Message): void => {
    if (recording) last().rest.push({ dir: 'in', message });
    write(`${JSON.stringify(message)}\n`);
  };
  const heardMessage = (message: Message): void => {
    last().rest.push({ dir: 'out', message });
    const method = message['method'];
    heard.push(message);
    const told = listeners.filter((listener) => listener.method === method);
    listeners = listeners.filter((listener) => listener.method !== method);
    for (const { resolve } of told) resolve(message);
    const answer = typeof method === 'string' ? step.answers?.[method] : undefined;
    if (message['id'] !== undefined && answer !== undefined) send({ id: message['id'], result: answer });
  };
  const hear = (text: string): void => {
    if (!recording) return;
    const message = eventOf(text);
    if (message === undefined) {
      last().noise.push(text);
      return;
    }
    const open = message['method'] === undefined ? waiting.get(message['id']) : undefined;
    if (open === undefined) return heardMessage(message);
    waiting.delete(message['id']);
    open.segment.answer = message;
    open.resolve(message);
  };
  const call = (method: string, params: unknown): Promise<Message> => {
    lastId += 1;
    const message = { id: lastId, method, params };
    const segment = emptySegment(message);
    segments.push(segment);
    heard = [];
    return new Promise((resolve) => {
      waiting.set(message.id, { segment, resolve });
      write(`${JSON.stringify(message)}\n`);
    });
  };
  const next = (method: string): Promise<Message> => {
    const known = heard.find((message) => message['method'] === method);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => listeners.push({ method, resolve }));
  };
  const hangUp = (): void => {
    recording = false;
  };
  return { hear, send, call, next, hangUp, lines: () => ordered(segments, step) };
}
