import type { StoredFixture } from '../fixture/fixture-files.js';
import { fixtureEvents, type CanonicalEvent } from './canonical-event.js';
import type { EventChange } from './diff-shapes.js';

const counts = (names: readonly string[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
};

/** What `a` has more of than `b`, each name once. */
function surplus(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): readonly string[] {
  return [...a].filter(([name, count]) => count > (b.get(name) ?? 0)).map(([name]) => name);
}

function orderChanges(of: string, before: readonly string[], after: readonly string[]): readonly EventChange[] {
  const [a, b] = [counts(before), counts(after)];
  const [missing, added] = [surplus(a, b), surplus(b, a)];
  const changes: EventChange[] = [];
  if (missing.length > 0) {
    changes.push({ kind: 'events-missing', class: 'breaking', of, message: `no longer there: ${missing.join(', ')}` });
  }
  if (added.length > 0) {
    changes.push({ kind: 'events-added', class: 'compatible', of, message: `there besides: ${added.join(', ')}` });
  }
  if (changes.length > 0 || before.join('\n') === after.join('\n')) return changes;
  const at = before.findIndex((name, index) => name !== after[index]);
  const message = `event ${String(at + 1)} was ${before[at] ?? ''}, is ${after[at] ?? ''}`;
  return [{ kind: 'order-changed', class: 'breaking', of, message }];
}

/** Texts at equal places that differ. Only words for people: what programs act on has no blanks. */
function textChanges(a: unknown, b: unknown, path: string): readonly (readonly [string, string, string])[] {
  if (typeof a === 'string' && typeof b === 'string') return a !== b && a.includes(' ') ? [[path, a, b]] : [];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return [];
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return Object.keys(left).flatMap((key) =>
    Object.hasOwn(right, key) ? textChanges(left[key], right[key], path === '' ? key : `${path}.${key}`) : [],
  );
}

function wording(
  of: string,
  before: readonly CanonicalEvent[],
  after: readonly CanonicalEvent[],
): readonly EventChange[] {
  return before.flatMap(({ name, value }, at) =>
    textChanges(value, after[at]?.value, '').map(([path, a, b]): EventChange => ({
      kind: 'text-changed',
      class: 'metadata',
      of,
      path: `${name} ${path}`,
      message: `was ${JSON.stringify(a)}, is ${JSON.stringify(b)}`,
    })),
  );
}

function exitChange(before: StoredFixture, after: StoredFixture): readonly EventChange[] {
  const shown = ({ sidecar }: StoredFixture): string => String(sidecar?.exit.signal ?? sidecar?.exit.code);
  const [a, b] = [shown(before), shown(after)];
  if (a === b) return [];
  return [{ kind: 'exit-changed', class: 'breaking', of: before.name, message: `ended with ${a}, ends with ${b}` }];
}

/** What changed in one stream between two versions: what comes, in which order, how it ends, and in which words. */
export function diffStream(before: StoredFixture, after: StoredFixture): readonly EventChange[] {
  const [a, b] = [fixtureEvents(before), fixtureEvents(after)];
  const order = orderChanges(
    before.name,
    a.map(({ name }) => name),
    b.map(({ name }) => name),
  );
  return [...exitChange(before, after), ...order, ...(order.length === 0 ? wording(before.name, a, b) : [])];
}
