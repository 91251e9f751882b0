import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { Type, type TSchema } from '@sinclair/typebox';
import { canonicalText, digestOf, sha256 } from './digest.js';
import { serialize, serializePart, type Written } from './serialize.js';

/** What the text must be, said the slow way: an ordered copy, written by the language itself. */
function orderedCopy(schema: TSchema | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => orderedCopy(schema?.['items'] as TSchema, item));
  if (value === null || typeof value !== 'object') return value;
  const record = value as Record<string, unknown>;
  const properties = (schema?.['properties'] ?? {}) as Record<string, TSchema>;
  const known = Object.keys(properties);
  const rest = Object.keys(record).filter((key) => !known.includes(key));
  const others = Object.values((schema?.['patternProperties'] ?? {}) as Record<string, TSchema>)[0];
  const keys = [...known, ...rest.sort((a, b) => (a < b ? -1 : 1))].filter((key) => record[key] !== undefined);
  // A key may be called as something that every object has: "valueOf".
  const schemaOf = (key: string): TSchema | undefined => (Object.hasOwn(properties, key) ? properties[key] : others);
  return Object.fromEntries(keys.map((key) => [key, orderedCopy(schemaOf(key), record[key])]));
}

const Item = Type.Object({ name: Type.String(), about: Type.Optional(Type.String()), 7: Type.Optional(Type.Number()) });
const File = Type.Object({
  zeta: Type.Optional(Type.Array(Item)),
  map: Type.Optional(Type.Record(Type.String(), Item)),
  alpha: Type.Optional(Type.Array(Type.Array(Type.String()))),
});

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('10', '9', '__proto__x', 'name', '01'));
const item = fc.dictionary(fc.oneof(fc.constantFrom('name', 'about', '7', '10', '9'), text), fc.jsonValue(), {
  maxKeys: 5,
});
const file = fc.record(
  { zeta: fc.array(item), map: fc.dictionary(text, item), alpha: fc.array(fc.array(text)), extra: fc.jsonValue() },
  { requiredKeys: [] },
);

it('tries the same values in every run, unless PROPERTY_SEED says otherwise (tools/repo/jest/property-seed.mjs)', () => {
  const asked = process.env['PROPERTY_SEED'] ?? '20261120';
  expect(fc.readConfigureGlobal().seed).toBe(asked === 'random' ? undefined : Number(asked));
});

describe('serialize', () => {
  it('writes what an ordered copy gives, for any value', () => {
    fc.assert(
      fc.property(file, (value) => {
        expect(serialize(File, value)).toBe(`${JSON.stringify(orderedCopy(File, value), null, 2)}\n`);
      }),
    );
  });
  it('writes the same with texts kept from before', () => {
    fc.assert(
      fc.property(file, file, (first, second) => {
        const written: Written = new WeakMap();
        const shared = { ...second, zeta: [...(first.zeta ?? []), ...(second.zeta ?? [])] };
        serialize(File, first, written);
        expect(serialize(File, shared, written)).toBe(serialize(File, shared));
      }),
    );
  });
  it('orders what stands under a name that every object has by the schema of the map, beside known keys too', () => {
    const schema = { ...Type.Object({ known: Type.String() }), patternProperties: { '^': Item } };
    for (const key of ['valueOf', 'constructor', 'toString'])
      expect(serialize(schema, { [key]: { about: 'b', name: 'a' } })).toContain('"name": "a",\n    "about": "b"');
  });
  it('writes a part as it stands inside of the whole', () => {
    const zeta = [{ about: 'b', name: 'a' }];
    expect(serialize(File, { zeta })).toContain(`\n    ${serializePart(Item, zeta[0], 2)}\n`);
  });
});

describe('canonicalText', () => {
  it('is the text whose digest is known, and the same for equal values alone', () => {
    expect(canonicalText({ b: [1, { d: null, c: undefined }], a: 'x', 10: 1, 9: 2 })).toBe(
      '{"9":2,"10":1,"a":"x","b":[1,{"d":null}]}',
    );
    expect(digestOf({ b: 1, a: 2 })).toBe(sha256('{"a":2,"b":1}'));
    expect(digestOf(undefined)).toBe(sha256('undefined'));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
