import { describe, expect, it } from '@jest/globals';
import { argvProblem } from './check-argv.js';
import { piecesOf, replaceNames } from './cut-text.js';
import { createRpcPlayer, sameJson, type TalkLine } from './rpc-player.js';

const TALK: readonly TalkLine[] = [
  { dir: 'in', message: { id: 1, method: 'open', params: { a: 1 } } },
  { dir: 'out', message: { id: 1, result: { thread: 'T' } } },
  { dir: 'out', message: { id: 0, method: 'approve', params: {} } },
  { dir: 'in', message: { id: 0, result: { decision: 'accept' } } },
  { dir: 'out', message: { method: 'done', params: {} } },
];

describe('createRpcPlayer', () => {
  it('answers under the client’s own numbers', () => {
    const player = createRpcPlayer(TALK);
    expect(player.start()).toEqual([]);
    expect(player.hear({ id: 'x-7', method: 'open', params: {} })).toEqual({
      say: [
        { id: 'x-7', result: { thread: 'T' } },
        { id: 0, method: 'approve', params: {} },
      ],
    });
    expect(player.missing()).toContain('hung up before');
    expect(player.hear({ id: 0, result: { decision: 'accept' } })).toEqual({ say: [{ method: 'done', params: {} }] });
    expect(player.missing()).toBeUndefined();
    expect(player.hear({ method: 'more' })).toHaveProperty('problem');
  });

  it('says what the client did otherwise', () => {
    expect(createRpcPlayer(TALK).hear({ id: 1, method: 'close' })).toEqual({
      problem: 'the client said close, and the recording goes on with open',
    });
    expect(createRpcPlayer(TALK, true).hear({ id: 1, method: 'open', params: { a: 2 } })).toHaveProperty('problem');
    const player = createRpcPlayer(TALK);
    player.hear({ id: 1, method: 'open', params: {} });
    expect(player.hear({ id: 0, result: { decision: 'decline' } })).toHaveProperty('problem');
  });

  it('compares JSON whatever the order of keys', () => {
    expect(sameJson({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] })).toBe(true);
    for (const [a, b] of [
      [{ a: 1 }, { a: 1, b: 2 }],
      [[1], { 0: 1 }],
      [null, {}],
      [{ a: undefined }, { b: undefined }],
    ]) {
      expect(sameJson(a, b)).toBe(false);
    }
  });
});

describe('argvProblem', () => {
  it.each([
    [['exec', '*'], ['exec', 'x'], true],
    [['exec', '...'], ['exec'], true],
    [['exec', '...'], ['exec', 'a', 'b'], true],
    [['exec'], ['exec', 'a'], false],
    [['exec', '*'], ['exec'], false],
    [['a', '...'], ['b'], false],
  ])('%j against %j', (wanted, got, fits) => {
    expect(argvProblem(wanted, got) === undefined).toBe(fits);
  });
});

describe('piecesOf', () => {
  it('breaks off after whole lines, or in the middle of one', () => {
    expect(piecesOf('one\ntwo\nthree\n', { lines: 1 })).toEqual(['one\n']);
    expect(piecesOf('one\ntwo\nthree\n', { lines: 1, bytes: 2 })).toEqual(['one\n', Buffer.from('tw')]);
    expect(piecesOf('one\n', { lines: 5 })).toEqual(['one\n']);
    expect(piecesOf('one\ntwo')).toEqual(['one\n', 'two']);
  });
  it('may break off inside a character', () => {
    expect(piecesOf('"ü"\n', { lines: 0, bytes: 2 })).toEqual([Buffer.from([0x22, 0xc3])]);
  });
  it('puts names in', () => {
    expect(replaceNames('/CWD/x /CWD2', { '/CWD': '/a', '/CWD2': '/b' })).toBe('/a/x /b');
  });
});
