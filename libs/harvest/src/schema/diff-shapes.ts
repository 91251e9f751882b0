import { compareBytes } from '@cliparity/model';
import type { EventShapes } from './event-schema.js';
import { alwaysThere, kindsOf, type Shape } from './shape.js';

export const CHANGE_CLASSES = ['breaking', 'compatible', 'metadata'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** One thing that a consumer of events finds changed. */
export interface EventChange {
  readonly kind:
    | 'event-new'
    | 'event-gone'
    | 'key-new'
    | 'key-gone'
    | 'type-changed'
    | 'now-sometimes'
    | 'now-always'
    | 'order-changed'
    | 'events-added'
    | 'events-missing'
    | 'exit-changed'
    | 'text-changed';
  readonly class: ChangeClass;
  /** The event's name, or the stream's for what concerns whole streams. */
  readonly of: string;
  /** Keys joined by dots; `[]` for elements, `{}` for what stands under an id. */
  readonly path?: string;
  readonly message: string;
}

interface Place {
  readonly of: string;
  readonly path: string;
}

const inside = (place: Place, key: string): Place => ({
  ...place,
  path: place.path === '' ? key : `${place.path}.${key}`,
});
const keysOf = (a: Iterable<string>, b: Iterable<string>): readonly string[] =>
  [...new Set([...a, ...b])].sort(compareBytes);

function kindChange(a: Shape, b: Shape, place: Place): readonly EventChange[] {
  const [before, after] = [kindsOf(a), kindsOf(b)];
  if (a.count === 0 || b.count === 0 || before.join() === after.join()) return [];
  // A consumer that could read all kinds of before can read fewer.
  const narrower = after.every((kind) => before.includes(kind) || (kind === 'integer' && before.includes('number')));
  const message = `was ${before.join(' or ')}, is ${after.join(' or ')}`;
  return [{ kind: 'type-changed', class: narrower ? 'compatible' : 'breaking', ...place, message }];
}

function keyChange(a: Shape, b: Shape, place: Place & { readonly key: string }): readonly EventChange[] {
  const { key, ...outer } = place;
  const here = inside(outer, key);
  const [before, after] = [a.keys.get(key), b.keys.get(key)];
  if (before === undefined) return [{ kind: 'key-new', class: 'compatible', ...here, message: 'new key' }];
  if (after === undefined) return [{ kind: 'key-gone', class: 'breaking', ...here, message: 'key gone' }];
  const [always, stillAlways] = [alwaysThere(a, key), alwaysThere(b, key)];
  const changes = diffShape(before, after, here);
  if (always === stillAlways) return changes;
  return [
    always
      ? { kind: 'now-sometimes', class: 'breaking', ...here, message: 'was always there, is so no longer' }
      : { kind: 'now-always', class: 'compatible', ...here, message: 'was sometimes there, is always so now' },
    ...changes,
  ];
}

function diffShape(a: Shape, b: Shape, place: Place): readonly EventChange[] {
  const changes = [...kindChange(a, b, place)];
  if (a.objects > 0 && b.objects > 0) {
    for (const key of keysOf(a.keys.keys(), b.keys.keys())) changes.push(...keyChange(a, b, { ...place, key }));
  }
  if (a.items !== undefined && b.items !== undefined) {
    changes.push(...diffShape(a.items, b.items, { ...place, path: `${place.path}[]` }));
  }
  if (a.values !== undefined && b.values !== undefined)
    changes.push(...diffShape(a.values, b.values, inside(place, '{}')));
  return changes;
}

/** What changed in the shapes of events, in byte order of their names. */
export function diffShapes(before: EventShapes, after: EventShapes): readonly EventChange[] {
  return keysOf(before.keys(), after.keys()).flatMap((name): readonly EventChange[] => {
    const [a, b] = [before.get(name), after.get(name)];
    if (a === undefined) return [{ kind: 'event-new', class: 'compatible', of: name, message: 'new event' }];
    if (b === undefined) return [{ kind: 'event-gone', class: 'breaking', of: name, message: 'event gone' }];
    return diffShape(a, b, { of: name, path: '' });
  });
}
