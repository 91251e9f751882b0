import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { folderView } from './folder-view.js';
import { memoryView, overlayView } from './memory-view.js';
import { bytesOf, entriesOf, isFile, subView, type RootView } from './root-view.js';

const dir = mkdtempSync(join(tmpdir(), 'cliparity-view-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
mkdirSync(join(dir, 'b/deep'), { recursive: true });
writeFileSync(join(dir, 'a.txt'), 'A');
writeFileSync(join(dir, 'b/c.txt'), 'C');
symlinkSync('a.txt', join(dir, 'link'));
symlinkSync('nowhere', join(dir, 'dangling'));

const disk = folderView(dir);
const memory = memoryView(
  new Map([
    ['a.txt', 'A'],
    ['b/c.txt', 'C'],
    ['b/deep/d.txt', 'D'],
  ]),
);

describe.each<[string, RootView]>([
  ['on disk', disk],
  ['in memory', memory],
])('files %s', (_, view) => {
  it('are read, absent, or something that is no file', () => {
    expect(new TextDecoder().decode(bytesOf(view, 'a.txt'))).toBe('A');
    expect(view.read('x.txt')).toEqual({ kind: 'absent' });
    expect(view.read('b')).toMatchObject({ kind: 'unreadable', present: true });
    expect(view.read('a.txt/below')).toMatchObject({ kind: 'unreadable', present: false });
  });
  it('are listed', () => {
    expect(entriesOf(view, 'b').map(({ name, kind }) => `${name} ${kind}`)).toEqual(['c.txt file', 'deep folder']);
    expect(view.list('nowhere').kind).toBe('absent');
    expect(view.list('a.txt').kind).toBe('unreadable');
    expect(entriesOf(view, 'nowhere')).toEqual([]);
  });
  it('are named from a folder of them', () => {
    expect(isFile(subView(view, 'b'), 'c.txt')).toBe(true);
    expect(entriesOf(subView(view, 'b'), '')).toHaveLength(2);
  });
});

describe('links', () => {
  it('are followed when read, and listed as what they are', () => {
    expect(isFile(disk, 'link')).toBe(true);
    expect(disk.read('dangling')).toEqual({ kind: 'absent' });
    expect(
      entriesOf(disk, '')
        .filter(({ kind }) => kind === 'link')
        .map(({ name }) => name),
    ).toEqual(['dangling', 'link']);
  });
});

describe('a change that nobody has written yet', () => {
  const view = overlayView(
    disk,
    new Map([
      ['a.txt', null],
      ['b/new.txt', 'N'],
      ['e/f.txt', 'F'],
    ]),
  );
  it('shows the files as they would be', () => {
    expect(view.read('a.txt').kind).toBe('absent');
    expect(entriesOf(view, 'b').map(({ name }) => name)).toEqual(['c.txt', 'deep', 'new.txt']);
    expect(entriesOf(view, '').map(({ name }) => name)).toEqual(['b', 'dangling', 'e', 'link']);
    expect(isFile(view, 'e/f.txt')).toBe(true);
  });
});
