import type { Fixture, StoredFixture } from '../fixture/fixture-files.js';
import { valueAt } from '../plan/fill.js';
import { eventOf } from '../run/raw-stream.js';

/** One event of a stream, under the name it goes by whatever the transport's spelling. */
export interface CanonicalEvent {
  /** `item.completed:agent_message`, `system:init`, `turn.completed`, `request thread.start`, `result thread.start`, `error thread.start`. */
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}
type Value = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `turn/completed` and `turn.completed` are one event. */
export const canonicalName = (name: string): string => name.replaceAll('/', '.');

/** Where an event says what kind of its type it is: of an item, of a message, of an event passed on from the model. */
export const SUBTYPES = ['item.type', 'subtype', 'event.type'] as const;

function execName(event: Value): string {
  const type = typeof event['type'] === 'string' ? canonicalName(event['type']) : '(no type)';
  const kind = SUBTYPES.map((path) => valueAt(event, path)).find((found) => typeof found === 'string');
  return typeof kind === 'string' ? `${type}:${kind}` : type;
}

function rpcName(message: Value, asked: ReadonlyMap<unknown, string>): string {
  const method = message['method'];
  if (typeof method === 'string') {
    const name = canonicalName(method);
    return message['id'] === undefined ? name : `request ${name}`;
  }
  const of = asked.get(message['id']) ?? '(nothing)';
  return `${message['error'] === undefined ? 'result' : 'error'} ${of}`;
}

function rpcEvents(lines: readonly string[]): readonly CanonicalEvent[] {
  const asked = new Map<unknown, string>();
  return lines.flatMap((line) => {
    const entry = eventOf(line);
    const message = entry?.['message'];
    if (!isObject(message)) return [];
    if (entry?.['dir'] === 'in') {
      if (typeof message['method'] === 'string') asked.set(message['id'], canonicalName(message['method']));
      return [];
    }
    return [{ name: rpcName(message, asked), value: message }];
  });
}

/** What the upstream said in a stream; lines that are no events are left out. */
export function canonicalEvents(text: string, transport: 'exec' | 'rpc'): readonly CanonicalEvent[] {
  const lines = text.split('\n').filter((line) => line !== '');
  if (transport === 'rpc') return rpcEvents(lines);
  return lines.flatMap((line) => {
    const event = eventOf(line);
    return event === undefined ? [] : [{ name: execName(event), value: event }];
  });
}

/** The events of a fixture; none when a half of it is missing. */
export function fixtureEvents({ text, sidecar }: Fixture | StoredFixture): readonly CanonicalEvent[] {
  return text === undefined || sidecar === undefined ? [] : canonicalEvents(text, sidecar.transport);
}
