import type { TSchema } from '@sinclair/typebox';
import { asListed, sortedKeys } from './key-order.js';

interface AnySchema {
  readonly properties?: Readonly<Record<string, AnySchema>>;
  readonly items?: AnySchema;
  readonly patternProperties?: Readonly<Record<string, AnySchema>>;
}
interface Place {
  readonly schema: AnySchema | undefined;
  /** Spaces before what stands in this value. */
  readonly indent: string;
  readonly written?: Written | undefined;
}

/**
 * Texts of list items that were written before, by identity: whoever writes many files that share items hands the same one to each. Only for
 * values that nobody changes, each under one schema and at one depth.
 */
export type Written = WeakMap<object, string>;

interface Field {
  readonly key: string;
  readonly quoted: string;
  readonly schema: AnySchema | undefined;
}
/** What a schema says about an object, made ready: asked for every object. */
interface Shape {
  /** Its properties in the order in which they are written. */
  readonly fields: readonly Field[];
  readonly isKnown: ReadonlySet<string>;
  readonly others: AnySchema | undefined;
}
const NONE: Shape = { fields: [], isKnown: new Set(), others: undefined };
const shapes = new WeakMap<AnySchema, Shape>();

function shapeOf(schema: AnySchema | undefined): Shape {
  if (schema === undefined) return NONE;
  const before = shapes.get(schema);
  if (before !== undefined) return before;
  const known = Object.keys(schema.properties ?? {});
  const others = Object.values(schema.patternProperties ?? {})[0];
  const made = { fields: fieldsOf(known, schema, others), isKnown: new Set(known), others };
  shapes.set(schema, made);
  return made;
}

function fieldsOf(keys: readonly string[], schema: AnySchema | undefined, others: AnySchema | undefined): Field[] {
  const { properties = {} } = schema ?? {};
  return asListed(keys).map((key) => ({
    key,
    quoted: JSON.stringify(key),
    // A key may be called as something that every object has: "valueOf".
    schema: Object.hasOwn(properties, key) ? properties[key] : others,
  }));
}

/** Printable ASCII without quote and backslash: what JSON writes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

function write(value: unknown, place: Place): string {
  if (Array.isArray(value)) return writeList(value, place);
  if (typeof value === 'string') return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  return writeObject(value as Readonly<Record<string, unknown>>, place);
}

function writeList(items: readonly unknown[], { schema, indent, written }: Place): string {
  if (items.length === 0) return '[]';
  const below = `${indent}  `;
  const place: Place = { schema: schema?.items, indent: below };
  const texts = items.map((item) => {
    if (written === undefined || item === null || typeof item !== 'object') return write(item, place);
    const text = written.get(item) ?? write(item, place);
    written.set(item, text);
    return text;
  });
  return `[\n${below}${texts.join(`,\n${below}`)}\n${indent}]`;
}

function writeObject(record: Readonly<Record<string, unknown>>, { schema, indent, written }: Place): string {
  const { fields, isKnown, others } = shapeOf(schema);
  const rest = Object.keys(record).filter((key) => !isKnown.has(key));
  const all =
    rest.length === 0 ? fields : fieldsOf([...fields.map(({ key }) => key), ...sortedKeys(rest)], schema, others);
  const below = `${indent}  `;
  let text = '';
  for (const { key, quoted, schema: inner } of all) {
    const value = record[key];
    if (value === undefined) continue;
    const place = { schema: inner, indent: below, written };
    text += `${text === '' ? '' : ','}\n${below}${quoted}: ${write(value, place)}`;
  }
  return text === '' ? '{}' : `{${text}\n${indent}}`;
}

/**
 * The bytes of a file of ours: two-space JSON, keys in the schema's order (map keys in byte order), absent means omitted, one trailing newline.
 * @param schema the TypeBox schema of the whole file
 */
export function serialize(schema: TSchema, value: unknown, written?: Written): string {
  return `${write(value, { schema: schema as AnySchema, indent: '', written })}\n`;
}

/**
 * A value as it stands inside of a file that `serialize` writes.
 * @param depth how many brackets are around it
 */
export function serializePart(schema: TSchema, value: unknown, depth: number): string {
  return write(value, { schema: schema as AnySchema, indent: '  '.repeat(depth) });
}
