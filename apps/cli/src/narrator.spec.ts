import { describe, expect, it } from '@jest/globals';
import { makeNarrator, type NarratorOptions } from './narrator.js';

function narrate(options: Partial<NarratorOptions>) {
  const written: string[] = [];
  const all = {
    quiet: false,
    verbose: false,
    progress: true,
    tty: false,
    write: (text: string) => void written.push(text),
  };
  return { written, narrator: makeNarrator({ ...all, ...options }) };
}

describe('makeNarrator', () => {
  it('writes notes as lines and warnings as warnings', () => {
    const { written, narrator } = narrate({});
    narrator.emit({ type: 'note', message: 'a' });
    narrator.emit({ type: 'note', message: 'b', level: 'warn' });
    expect(written).toEqual(['a\n', 'warning: b\n']);
  });
  it('keeps debugging to itself unless asked', () => {
    const quiet = narrate({});
    quiet.narrator.emit({ type: 'note', message: 'x', level: 'debug' });
    expect(quiet.written).toEqual([]);
    const verbose = narrate({ verbose: true });
    verbose.narrator.emit({ type: 'note', message: 'x', level: 'debug' });
    expect(verbose.written).toEqual(['x\n']);
  });
  it('draws progress on a terminal only, and clears it before the next line', () => {
    const elsewhere = narrate({});
    elsewhere.narrator.emit({ type: 'progress', task: 't', done: 1, unit: 'pages' });
    expect(elsewhere.written).toEqual([]);
    const terminal = narrate({ tty: true });
    terminal.narrator.emit({ type: 'progress', task: 't', done: 5_000_000, total: 10_000_000, unit: 'bytes' });
    terminal.narrator.emit({ type: 'end', task: 't', message: 'done' });
    expect(terminal.written).toEqual(['\r\u001b[Kt: 5.0 MB of 10.0 MB', '\r\u001b[K', 'done\n']);
  });
  it('says nothing when quiet', () => {
    const { written, narrator } = narrate({ quiet: true, tty: true });
    narrator.emit({ type: 'note', message: 'a', level: 'warn' });
    narrator.emit({ type: 'end', task: 't', message: 'm' });
    narrator.close();
    expect(written).toEqual([]);
  });
});
