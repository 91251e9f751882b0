import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '@cliparity/model';
import { writeFixture } from '../fixture/fixture-files.js';
import type { Sidecar } from '../fixture/sidecar.js';
import { acceptPending, listPending, rejectPending, reviewOf, type ReviewFolders } from './pending.js';

let folders: ReviewFolders;
let root = '';
const sidecar = (name: string, text: string, at: string): Sidecar => ({
  schema_version: 1,
  stream: name,
  scenario: name,
  provenance: 'live',
  cli: 'x',
  tool: 'x-cli',
  version: '1.0.0',
  target: 'any',
  binary_sha256: 'a'.repeat(64),
  transport: 'exec',
  argv: [],
  exit: { code: 0, signal: null },
  scenario_revision: 1,
  scenario_sha256: 'b'.repeat(64),
  normaliser_version: 1,
  sanitiser_version: 1,
  masks: {},
  redactions: [],
  events: 1,
  content_sha256: sha256(text),
  first_captured_at: at,
});
const put = (folder: string, name: string, text: string) => {
  const at = folder === folders.fixtures ? '2026-01-01T00:00:00Z' : '2026-02-01T00:00:00Z';
  return writeFixture(join(folder, 'x', '1.0.0'), { name, text, sidecar: sidecar(name, text, at) });
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'cliparity-review-'));
  folders = { pending: join(root, 'pending'), fixtures: join(root, 'fixtures'), streams: join(root, 'streams') };
  await put(folders.fixtures, 'one', '{"type":"a"}\n{"type":"b"}\n');
  await put(folders.pending, 'one', '{"type":"a"}\n{"type":"c"}\n');
  await put(folders.pending, 'two', '{"type":"a"}\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const ids = async (): Promise<readonly string[]> => (await listPending(folders)).map(({ id }) => id);
const accepted = (name: string): string => readFileSync(join(folders.fixtures, 'x', '1.0.0', name), 'utf8');

describe('pending fixtures', () => {
  it('have ids that stay', async () => {
    expect(await ids()).toEqual(['x/1.0.0/one', 'x/1.0.0/two']);
    expect(await listPending({ ...folders, pending: join(root, 'absent') })).toEqual([]);
  });

  it('are reviewed as changes and as lines', async () => {
    const [one] = await listPending(folders);
    expect(one === undefined ? undefined : reviewOf(one)).toMatchObject({
      id: 'x/1.0.0/one',
      changes: [{ kind: 'events-missing' }, { kind: 'events-added' }],
      lines: ['- {"type":"b"}', '+ {"type":"c"}'],
    });
  });

  it('take the accepted one’s place', async () => {
    expect(await acceptPending(folders, ['x/1.0.0/one'])).toEqual(['x/1.0.0/one']);
    expect(accepted('one.jsonl')).toBe('{"type":"a"}\n{"type":"c"}\n');
    expect(JSON.parse(accepted('one.meta.json'))).toMatchObject({ first_captured_at: '2026-02-01T00:00:00Z' });
    expect(await ids()).toEqual(['x/1.0.0/two']);
  });

  it('go away when rejected', async () => {
    await rejectPending(folders, ['x/1.0.0/one', 'x/1.0.0/two']);
    expect(await ids()).toEqual([]);
    expect(accepted('one.jsonl')).toContain('"b"');
    expect(existsSync(join(folders.fixtures, 'x', '1.0.0', 'two.jsonl'))).toBe(false);
  });

  it('keep a stream out of the tree that may not be committed', async () => {
    const text = '{"type":"a"}\n';
    const withheld = { ...sidecar('own', text, '2026-02-01T00:00:00Z'), event_types: { a: 1 } };
    await writeFixture(join(folders.pending, 'x', '1.0.0'), { name: 'own', text, sidecar: withheld });
    await acceptPending(folders, ['x/1.0.0/own']);
    expect(accepted('own.meta.json')).toContain('"event_types"');
    expect(existsSync(join(folders.fixtures, 'x', '1.0.0', 'own.jsonl'))).toBe(false);
    expect(readFileSync(join(folders.streams, 'x', '1.0.0', 'own.jsonl'), 'utf8')).toBe(text);
  });

  it('are decided all or none', async () => {
    await expect(acceptPending(folders, ['x/1.0.0/one', 'x/1.0.0/none'])).rejects.toMatchObject({
      code: 'PENDING_UNKNOWN',
    });
    expect(accepted('one.jsonl')).toContain('"b"');
  });

  it('are not accepted when half of one is gone', async () => {
    rmSync(join(folders.pending, 'x', '1.0.0', 'two.meta.json'));
    const before = accepted('one.jsonl');
    await expect(acceptPending(folders, ['x/1.0.0/one', 'x/1.0.0/two'])).rejects.toMatchObject({
      code: 'PENDING_BROKEN',
      remedy: expect.stringContaining('cliparity reject x/1.0.0/two'),
    });
    expect(accepted('one.jsonl')).toBe(before);
  });

  it('can be rejected when their record cannot be read', async () => {
    writeFileSync(join(folders.pending, 'x', '1.0.0', 'two.meta.json'), '<<<<<<<');
    expect(await ids()).toEqual(['x/1.0.0/one', 'x/1.0.0/two']);
    await rejectPending(folders, ['x/1.0.0/two']);
    expect(await ids()).toEqual(['x/1.0.0/one']);
  });
});
