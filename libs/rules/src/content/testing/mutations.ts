import fc from 'fast-check';
import type { FileMap } from '../../engine/memory-view.js';

const KINDS = [
  'flip',
  'truncate',
  'crlf',
  'bom',
  'latin1',
  'duplicate_key',
  'drop_key',
  'shuffle',
  'folder',
  'remove',
  'empty',
  'append',
  'big',
] as const;

/** One way to break one file. `at` and `bit` choose the place. */
export interface Mutation {
  readonly path: string;
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly bit: number;
}

export const mutations = (paths: readonly string[]): fc.Arbitrary<Mutation> =>
  fc.record({
    path: fc.constantFrom(...paths),
    // A big file takes its time: one in a hundred is enough.
    kind: fc.oneof(
      { weight: 100, arbitrary: fc.constantFrom(...KINDS.slice(0, -1)) },
      { weight: 1, arbitrary: fc.constant('big' as const) },
    ),
    at: fc.nat(),
    bit: fc.nat(6),
  });

const bytesOf = (content: string | Uint8Array): Buffer => Buffer.from(content as string);

function editJson(text: string, edit: (value: Record<string, unknown>) => boolean): string | undefined {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    return edit(value) ? `${JSON.stringify(value, null, 2)}\n` : undefined;
  } catch {
    return undefined;
  }
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (value === null || typeof value !== 'object') return [];
  const below = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? below : [value as Record<string, unknown>, ...below];
}

function listsIn(value: unknown): unknown[][] {
  if (value === null || typeof value !== 'object') return [];
  const below = Object.values(value).flatMap(listsIn);
  return Array.isArray(value) && value.length > 1 ? [value as unknown[], ...below] : below;
}

function edited(text: string, { kind, at }: Mutation): string | undefined {
  return editJson(text, (value) => {
    if (kind === 'drop_key') {
      const objects = objectsIn(value).filter((object) => Object.keys(object).length > 0);
      const object = objects[at % objects.length];
      const keys = Object.keys(object ?? {});
      return object !== undefined && delete object[keys[at % keys.length] as string];
    }
    const lists = listsIn(value);
    const list = lists[at % lists.length];
    if (list === undefined) return false;
    list.push(list.shift());
    return true;
  });
}

function contentOf(before: Buffer, mutation: Mutation): string | Uint8Array | null | undefined {
  const { kind, at, bit } = mutation;
  const text = before.toString('utf8');
  if (kind === 'flip') {
    const after = Buffer.from(before);
    const place = at % Math.max(1, after.length);
    after[place] = (after[place] ?? 0) ^ (1 << bit);
    return after;
  }
  if (kind === 'truncate') return before.subarray(0, at % Math.max(1, before.length));
  if (kind === 'crlf') return text.replaceAll('\n', '\r\n');
  if (kind === 'bom') return `\ufeff${text}`;
  if (kind === 'latin1') return Buffer.concat([Buffer.from([0xe9]), before]);
  if (kind === 'duplicate_key')
    return text.startsWith('{') ? text.replace('{', '{"tool": "x", "tool": "y",') : undefined;
  if (kind === 'folder' || kind === 'remove') return null;
  if (kind === 'empty') return '';
  if (kind === 'append') return `${text} `;
  if (kind === 'big') return `${text}${' '.repeat(50_000_000)}`;
  return edited(text, mutation);
}

/** The files with one of them broken; undefined where the mutation changes nothing or does not fit the file. */
export function mutated(files: FileMap, mutation: Mutation): FileMap | undefined {
  const before = bytesOf(files.get(mutation.path) ?? '');
  const after = contentOf(before, mutation);
  if (after === undefined || (after !== null && bytesOf(after).equals(before))) return undefined;
  const made = new Map(files);
  if (after === null) made.delete(mutation.path);
  else made.set(mutation.path, after);
  if (mutation.kind === 'folder') made.set(`${mutation.path}/inside.txt`, '');
  return made;
}
