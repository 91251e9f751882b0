import { describe, expect, it } from '@jest/globals';
import type { ModelAnswer } from '@cliparity/plugin-api';
import { createAnswerBook } from './answer-book.js';
import { isLoopback, loopbackHost } from './loopback.js';
import { eventName, sseFrame } from './sse.js';

const book = (...answers: readonly ModelAnswer[]) => createAnswerBook({ api: 'openai-responses', answers });
const say = (text: string, more: Partial<ModelAnswer> = {}): ModelAnswer => ({ json: text, ...more });

describe('createAnswerBook', () => {
  it('gives answers in their order', () => {
    const made = book(say('one'), say('two'));
    expect([1, 2, 3].map((number) => made.take({ number, body: '' })?.json)).toEqual(['one', 'two', undefined]);
    expect(made.unused()).toEqual([]);
  });

  it('asks answers that say when first', () => {
    const made = book(say('any'), say('second', { when: { request: 2 } }), say('x', { when: { contains: 'xyz' } }));
    expect(made.take({ number: 1, body: 'has xyz' })?.json).toBe('x');
    expect(made.take({ number: 2, body: '' })?.json).toBe('second');
    expect(made.take({ number: 3, body: '' })?.json).toBe('any');
  });

  it('gives an answer as often as it may', () => {
    const made = book(say('twice', { times: 2 }), say('ever', { times: 'any' }));
    const said = [1, 2, 3, 4].map((number) => made.take({ number, body: '' })?.json);
    expect(said).toEqual(['twice', 'twice', 'ever', 'ever']);
  });

  it('tells what was asked for too rarely', () => {
    const made = book(
      say('a', { times: 2 }),
      say('b', { when: { request: 9, contains: 'q' } }),
      say('c', { times: 'any' }),
    );
    made.take({ number: 1, body: '' });
    expect(made.unused()).toEqual([
      'answer 1 was asked for 1 times, not 2',
      'answer 2 (for request 9, requests that contain "q") was asked for 0 times, not 1',
    ]);
  });
});

describe('loopback', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    'localhost',
    'localhost:80',
    '[::1]:80',
    '::1',
    '::ffff:127.0.0.1',
    '127.0.0.1:1',
  ])('%s is', (host) => expect(isLoopback(host)).toBe(true));
  it.each(['0.0.0.0', '10.0.0.1', 'example.org', '', '127.0.0.1.example.org', '::', 'localhost.example.org:80'])(
    '%s is not',
    (host) => {
      expect(isLoopback(host)).toBe(false);
      expect(() => loopbackHost(host)).toThrow(expect.objectContaining({ code: 'MODEL_SERVER_NOT_LOOPBACK' }));
    },
  );
});

describe('sseFrame', () => {
  it('names an event by its type unless said otherwise', () => {
    expect(sseFrame({ type: 'a.b' }, eventName({ type: 'a.b' }))).toBe('event: a.b\ndata: {"type":"a.b"}\n\n');
    expect(sseFrame('text', eventName('text'))).toBe('data: text\n\n');
    expect(eventName({ type: 'a' }, 'b')).toBe('b');
  });
});
