import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Lock } from '@cliparity/model';
import { acquire } from '../acquire/acquire.js';
import { pin } from '../acquire/pin.js';
import { MEMBERS, setUp, sources, TREE } from '../testing/acquire-fixture.js';
import { buildTar } from '../testing/build-tar.js';
import { filesBelow, useTmpDirs } from '../testing/tmp-dir.js';
import { writeLock } from '../lock/lock-file.js';
import { exportBundle } from './export-bundle.js';
import { importBundle } from './import-bundle.js';

const tmpDir = useTmpDirs();

async function exported(kind: 'file' | 'tree') {
  const { request, store, io, fresh, server } = await setUp(kind === 'tree' ? TREE : {});
  const entry = await pin(request);
  const lock: Lock = { version: 2, tool: 'tool', artifacts: [entry, { ...entry, target_triple: 'other' }] };
  const into = join(await tmpDir(), 'out', 'bundle.tar');
  const told = await exportBundle({ lock, into, sources, store, io });
  return { entry, lock, into, told, store, io, fresh, server };
}

describe.each(['file', 'tree'] as const)('a bundle of a %s', (kind) => {
  it('brings the artifact to a place without a network', async () => {
    const { entry, lock, into, told, io, fresh, server } = await exported(kind);
    expect(told).toMatchObject({ path: into, entries: 2, files: kind === 'file' ? 1 : 2 });
    await server.close();
    const store = await fresh();
    expect(await importBundle({ path: into, store, io })).toEqual(lock);
    const got = await acquire({ entry, sources: [], store, io });
    expect(got.fromStore).toBe(true);
    expect(await readFile(got.binaryPath, 'utf8')).toBe(MEMBERS[0]?.text);
    expect(await store.verify()).toMatchObject({ problems: [] });
    expect(await filesBelow(join(store.path, 'tmp'))).toEqual([]);
  });
  it('has the same bytes whoever makes it', async () => {
    const { lock, into, io, fresh } = await exported(kind);
    const again = join(await tmpDir(), 'b.tar');
    const store = await fresh();
    await importBundle({ path: into, store, io });
    await exportBundle({ lock, into: again, sources, store, io });
    expect((await readFile(again)).equals(await readFile(into))).toBe(true);
  });
  it('that was tampered with brings nothing', async () => {
    const { into, io, fresh } = await exported(kind);
    const bytes = await readFile(into);
    const at = bytes.indexOf('echo 1.2.3');
    bytes[at + 5] = 0x39;
    await writeFile(into, bytes);
    const store = await fresh();
    await expect(importBundle({ path: into, store, io })).rejects.toMatchObject({
      code: 'BUNDLE_INVALID',
      exitCode: 1,
    });
    expect(await store.list()).toEqual([]);
  });
  it('that was cut short brings nothing', async () => {
    const { into, io, fresh } = await exported(kind);
    const { size } = await stat(into);
    await writeFile(into, (await readFile(into)).subarray(0, size - 1536));
    const store = await fresh();
    await expect(importBundle({ path: into, store, io })).rejects.toMatchObject({
      code: expect.stringMatching(/BUNDLE_INVALID|ARCHIVE_BROKEN/),
    });
    expect(await store.list()).toEqual([]);
  });
});

describe('what is no bundle', () => {
  it.each([
    ['another archive', [{ name: 'x', text: 'x' }], 'BUNDLE_INVALID'],
    ['a lock that is none', [{ name: 'artifacts.lock.json', text: '{}' }], 'LOCK_INVALID'],
    ['a way up', [{ name: '../artifacts.lock.json', text: '{}' }], 'ARCHIVE_MEMBER_PATH'],
  ])('%s is refused', async (_, members, code) => {
    const { io, fresh } = await setUp();
    const path = join(await tmpDir(), 'b.tar');
    await writeFile(path, await buildTar(members));
    await expect(importBundle({ path, store: await fresh(), io })).rejects.toMatchObject({ code });
  });
  it('a file that nobody needs is refused', async () => {
    const { io, fresh } = await setUp();
    const path = join(await tmpDir(), 'b.tar');
    const text = writeLock({ version: 2, tool: 'x', artifacts: [] });
    await writeFile(
      path,
      await buildTar([
        { name: 'artifacts.lock.json', text },
        { name: 'files/evil', text: 'x' },
      ]),
    );
    await expect(importBundle({ path, store: await fresh(), io })).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
  });
  it('no file at all is named', async () => {
    const { io, fresh } = await setUp();
    const path = join(await tmpDir(), 'none.tar');
    await expect(importBundle({ path, store: await fresh(), io })).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
  });
});
