import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { serialize } from '@cliparity/model';
import { Type } from '@sinclair/typebox';
import { isCanonical } from './canonical.js';

const schema = Type.Object({
  b: Type.Optional(Type.Integer()),
  a: Type.Optional(Type.Array(Type.Object({ y: Type.Optional(Type.Integer()), x: Type.Optional(Type.Integer()) }))),
  m: Type.Optional(Type.Record(Type.String(), Type.Object({ q: Type.Integer(), p: Type.Integer() }))),
});
const pair = fc.record({ x: fc.nat(3), y: fc.nat(3) }, { requiredKeys: [] });
const value = fc.record(
  {
    a: fc.array(pair, { maxLength: 3 }),
    b: fc.nat(3),
    m: fc.dictionary(fc.constantFrom('k', 'j', 'é', '10', '9'), fc.record({ p: fc.nat(2), q: fc.nat(2) }), {
      maxKeys: 3,
    }),
    z: fc.nat(3),
    c: fc.nat(3),
  },
  { requiredKeys: [] },
);

describe('isCanonical', () => {
  it('says of every text what writing it again says', () => {
    fc.assert(
      fc.property(value, fc.boolean(), (one, written) => {
        const text = written ? serialize(schema, one) : `${JSON.stringify(one, null, 2)}\n`;
        const parsed: unknown = JSON.parse(text);
        expect(isCanonical(schema, parsed, text)).toBe(serialize(schema, parsed) === text);
      }),
    );
  });
  it.each(['{"b": 1}\n', '{\n  "b": 1\n}', '{\r\n  "b": 1\r\n}\r\n'])('refuses another form: %j', (text) => {
    expect(isCanonical(schema, JSON.parse(text), text)).toBe(false);
  });
});
