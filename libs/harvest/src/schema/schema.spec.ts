import { describe, expect, it } from '@jest/globals';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { StoredFixture } from '../fixture/fixture-files.js';
import type { Sidecar } from '../fixture/sidecar.js';
import { canonicalEvents } from './canonical-event.js';
import { diffShapes } from './diff-shapes.js';
import { diffStream } from './diff-streams.js';
import { driftOf } from './drift.js';
import { driftView } from './drift-view.js';
import { eventSchema, shapesOf } from './event-schema.js';

const about = { cli: 'x', version: '1.0.0', transport: 'exec' } as const;
const text = (...events: readonly unknown[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const shapes = (...events: readonly unknown[]) => shapesOf(canonicalEvents(text(...events), 'exec'));
const fixture = (name: string, body: string, exit = 0): StoredFixture => ({
  name,
  text: body,
  sidecar: { transport: 'exec', exit: { code: exit, signal: null } } as Sidecar,
});

describe('canonicalEvents', () => {
  it('takes both spellings for one event', () => {
    const names = (type: string) => canonicalEvents(text({ type }), 'exec').map(({ name }) => name);
    expect(names('turn/completed')).toEqual(names('turn.completed'));
  });

  it('tells items apart, and answers by what was asked', () => {
    expect(canonicalEvents(text({ type: 'item.completed', item: { type: 'todo_list' } }), 'exec')[0]?.name).toBe(
      'item.completed:todo_list',
    );
    const talk = [
      { dir: 'in', message: { id: 1, method: 'thread/start' } },
      { dir: 'out', message: { id: 1, result: {} } },
      { dir: 'out', message: { id: 0, method: 'ask/me' } },
      { dir: 'in', message: { id: 0, result: {} } },
      { dir: 'out', message: { method: 'turn/completed' } },
      { dir: 'out', message: { id: 1, error: {} } },
    ];
    expect(canonicalEvents(text(...talk), 'rpc').map(({ name }) => name)).toEqual([
      'result thread.start',
      'request ask.me',
      'turn.completed',
      'error thread.start',
    ]);
  });

  it('leaves out what is no event', () => {
    expect(canonicalEvents('warning\n{"half\n[]\n\n{"x":1}\n', 'exec').map(({ name }) => name)).toEqual(['(no type)']);
  });
});

describe('eventSchema', () => {
  it('takes every event it was made from, and fields nobody has seen yet', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    // Both spellings, names that mean something to a JSON pointer, and no type at all.
    const type = fc.constantFrom('a', 'b', 'a/b', 'a.b', 'a:b');
    const item = fc.record({ type: fc.constantFrom('x', 'y/~%#', 1) }, { requiredKeys: [] });
    const event = fc.record({ type, item, subtype: fc.constantFrom('s', 's:t'), more: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), (events) => {
        // Own keys alone: one may be called as something that every object has, such as "toString".
        const ajv = new Ajv2020.default({ strict: false, ownProperties: true });
        const validate = ajv.compile(eventSchema(shapes(...events), about));
        for (const one of events) {
          expect(validate(JSON.parse(JSON.stringify(one)))).toBe(true);
          expect(validate({ ...(JSON.parse(JSON.stringify(one)) as object), futureField: [1] })).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('refuses an event of another kind, without a key that was always there, or of another type', () => {
    const validate = new Ajv2020.default({ strict: false }).compile(
      eventSchema(shapes({ type: 'a', n: 1 }, { type: 'a', n: 2, m: null }), about),
    );
    expect(validate({ type: 'a', n: 3 })).toBe(true);
    for (const bad of [{ type: 'b', n: 1 }, { type: 'a' }, { type: 'a', n: '1' }, { type: 'a', n: 1, m: 1 }]) {
      expect(validate(bad)).toBe(false);
    }
  });
});

describe('diffShapes', () => {
  const change = (before: unknown, after: unknown) =>
    diffShapes(shapes(before), shapes(after)).map(({ kind, class: of, path }) => [kind, of, path]);

  it.each([
    [{ type: 'a' }, { type: 'a', x: 1 }, ['key-new', 'compatible', 'x']],
    [{ type: 'a', x: 1 }, { type: 'a' }, ['key-gone', 'breaking', 'x']],
    [{ type: 'a', x: 1 }, { type: 'a', x: '1' }, ['type-changed', 'breaking', 'x']],
    [{ type: 'a', x: 1.5 }, { type: 'a', x: 1 }, ['type-changed', 'compatible', 'x']],
    [{ type: 'a', x: [{ y: 1 }] }, { type: 'a', x: [{}] }, ['key-gone', 'breaking', 'x[].y']],
  ])('%j to %j', (before, after, wanted) => {
    expect(change(before, after)).toEqual([wanted]);
  });

  it('finds new and gone events, and keys that come and go', () => {
    expect(change({ type: 'a' }, { type: 'b' })).toEqual([
      ['event-gone', 'breaking', undefined],
      ['event-new', 'compatible', undefined],
    ]);
    const sometimes = diffShapes(shapes({ type: 'a', x: 1 }), shapes({ type: 'a', x: 1 }, { type: 'a' }));
    expect(sometimes.map(({ kind, class: of }) => [kind, of])).toEqual([['now-sometimes', 'breaking']]);
  });

  it('does not take ids for keys', () => {
    const one = { type: 'a', agents: { '00000000-0000-7000-8000-000000000001': { s: 1 } } };
    const two = { type: 'a', agents: { '00000000-0000-7000-8000-000000000002': { s: 'x' } } };
    expect(change(one, two)).toEqual([['type-changed', 'breaking', 'agents.{}.s']]);
  });

  it('finds nothing between equals', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (values) => {
        const events = values.map((value) => ({ type: 'a', value }));
        expect(diffShapes(shapes(...events), shapes(...[...events].reverse()))).toEqual([]);
      }),
    );
  });
});

describe('diffStream', () => {
  const [a, b, c] = [{ type: 'a' }, { type: 'b' }, { type: 'c' }];
  it.each([
    [[text(a, b), text(b, a)], ['order-changed']],
    [[text(a), text(a, b)], ['events-added']],
    [
      [text(a, b), text(a, c)],
      ['events-missing', 'events-added'],
    ],
    [[text({ type: 'a', m: 'one word' }), text({ type: 'a', m: 'two words' })], ['text-changed']],
    [[text(a, b), text(a, b)], []],
  ])('%j', ([before = '', after = ''], kinds) => {
    expect(diffStream(fixture('s', before), fixture('s', after)).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('finds another end', () => {
    expect(diffStream(fixture('s', '', 0), fixture('s', '', 1))).toMatchObject([
      { kind: 'exit-changed', class: 'breaking' },
    ]);
  });
});

describe('driftView', () => {
  it('compares streams of both versions only, breaking changes first', () => {
    const drift = driftOf(
      [fixture('s', text({ type: 'a', gone: 1 }, { type: 'b', m: 'old words' })), fixture('old', '')],
      [fixture('s', text({ type: 'a', fresh: 1 }, { type: 'b', m: 'new words' }))],
      { cli: 'x', from: '1.0.0', to: '2.0.0' },
    );
    const { lines = [], tables = [] } = driftView(drift);
    expect(lines[0]).toContain('1 breaking changes, 1 compatible ones, 1 in words only');
    expect(lines).toContain('Recorded of 1.0.0 only: old. Of 2.0.0 only: none.');
    expect(tables.map(({ title, rows }) => [title, rows])).toEqual([
      [
        'Events of exec',
        [
          [{ text: 'breaking', tone: 'bad' }, 'a', 'gone', 'key gone'],
          [{ text: 'compatible', tone: 'good' }, 'a', 'fresh', 'new key'],
        ],
      ],
      [
        expect.stringContaining('Streams'),
        [[{ text: 'metadata', tone: 'dim' }, 's', 'b m', 'was "old words", is "new words"']],
      ],
    ]);
  });
});
