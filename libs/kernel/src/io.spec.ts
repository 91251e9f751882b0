import { describe, expect, it } from '@jest/globals';
import type { StepEvent } from '@cliparity/plugin-api';
import { createIo } from './io.js';

const noFetch = () => Promise.reject(new Error('no network in this test'));
const withEvents = () => {
  const events: StepEvent[] = [];
  const io = createIo({ signal: new AbortController().signal, fetch: noFetch, emit: (event) => events.push(event) });
  return { io, events };
};

describe('createIo', () => {
  it('returns a secret unchanged and takes it out of what is told', () => {
    const { io, events } = withEvents();
    expect(io.secret('s3cr3t-token')).toBe('s3cr3t-token');
    io.emit({ type: 'note', message: 'sent s3cr3t-token' });
    io.emit({ type: 'end', task: 't', message: 'with s3cr3t-token' });
    io.emit({ type: 'end', task: 't' });
    io.emit({ type: 'progress', task: 't', done: 1, unit: 'files' });
    expect(events).toEqual([
      { type: 'note', message: 'sent ***' },
      { type: 'end', task: 't', message: 'with ***' },
      { type: 'end', task: 't' },
      { type: 'progress', task: 't', done: 1, unit: 'files' },
    ]);
  });

  it('takes clock and environment from the caller when given', () => {
    const now = new Date(0);
    const { signal } = new AbortController();
    const io = createIo({ signal, fetch: noFetch, emit: () => undefined, now: () => now, env: (name) => `${name}!` });
    expect([io.now(), io.env('A')]).toEqual([now, 'A!']);
  });

  it('reads the machine otherwise', () => {
    const { io } = withEvents();
    expect(io.now()).toBeInstanceOf(Date);
    expect(io.env('CLIPARITY_SURELY_NOT_SET')).toBeUndefined();
  });
});
