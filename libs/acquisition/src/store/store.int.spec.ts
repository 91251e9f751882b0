import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Interrupted, sha256, type LockEntry, type TreeMember } from '@cliparity/model';
import { treeDigest } from '../extract/extract-tree.js';
import { filesBelow, useTmpDirs } from '../testing/tmp-dir.js';
import { openStore, storeKey, type Store } from './store.js';

const tmpDir = useTmpDirs();

const fileEntry = (text: string): LockEntry => ({
  semantic_version: '1.0.0',
  target_triple: 'linux-x64',
  kind: 'file',
  locator: 'npm:x@1.0.0',
  asset_name: 'x.tgz',
  sha256: '0'.repeat(64),
  size_bytes: 1,
  format: 'tar.gz',
  binary_sha256: sha256(text),
  binary_size_bytes: text.length,
});

async function put(store: Store, text: string, from = '1.0.0 linux-x64 npm:x@1.0.0'): Promise<LockEntry> {
  await store.stage(async (stage) => {
    await writeFile(join(stage, 'b'), text);
    await store.putFile({ path: join(stage, 'b'), sha256: sha256(text), from }, stage);
  });
  return fileEntry(text);
}

async function putTree(store: Store, files: Readonly<Record<string, string>>): Promise<LockEntry> {
  const members: TreeMember[] = Object.entries(files).map(([path, text]) => ({
    path,
    sha256: sha256(text),
    size: text.length,
    mode: path.startsWith('bin/') ? 0o755 : 0o644,
  }));
  await store.stage(async (stage) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(stage, 't', path, '..'), { recursive: true });
      await writeFile(join(stage, 't', path), text);
    }
    await store.putTree({ root: join(stage, 't'), members, entry: 'bin/tool', from: 'x' }, stage);
  });
  const tool = files['bin/tool'] ?? '';
  return { ...fileEntry(tool), kind: 'tree', entry: 'bin/tool', members, tree_sha256: treeDigest(members) };
}

describe('a file', () => {
  it('is found after it was put: read-only, runnable, named by its digest', async () => {
    const store = openStore(join(await tmpDir(), 'store'));
    expect(await store.find(fileEntry('run'))).toBeUndefined();
    const entry = await put(store, 'run');
    const found = await store.find(entry);
    expect(found?.binaryPath).toBe(join(store.path, 'files', sha256('run').slice(0, 2), sha256('run')));
    expect((await stat(found?.binaryPath ?? '')).mode & 0o777).toBe(0o555);
  });
  it('remembers everybody who brought it', async () => {
    const store = openStore(await tmpDir());
    await put(store, 'run', 'a');
    await put(store, 'run', 'b');
    await put(store, 'run', 'a');
    expect((await store.list())[0]?.from).toEqual(['a', 'b']);
  });
  it('is not found when its size or permission changed, and is mended by the next put', async () => {
    const store = openStore(await tmpDir());
    const entry = await put(store, 'run');
    const path = (await store.find(entry))?.binaryPath ?? '';
    const spoil = [
      async () => chmod(path, 0o755),
      async () => chmod(path, 0o755).then(async () => writeFile(path, 'longer')),
    ];
    for (const work of spoil) {
      await work();
      expect(await store.find(entry)).toBeUndefined();
      await put(store, 'run');
      expect(await store.find(entry)).toBeDefined();
      expect(await readFile(path, 'utf8')).toBe('run');
    }
  });
});

describe('a tree', () => {
  const FILES = { 'bin/tool': 'run', 'lib/x': 'lib', 'bin/also': 'lib' };
  it('is found with its entry, and shares bytes with other trees', async () => {
    const store = openStore(await tmpDir());
    const [one, two] = [await putTree(store, FILES), await putTree(store, { ...FILES, 'lib/x': 'other' })];
    const [a, b] = [await store.find(one), await store.find(two)];
    expect(a?.binaryPath).toBe(join(a?.root ?? '', 'bin/tool'));
    expect(a?.root).not.toBe(b?.root);
    expect((await stat(a?.binaryPath ?? '')).ino).toBe((await stat(b?.binaryPath ?? '')).ino);
    expect((await stat(join(a?.root ?? '', 'bin/also'))).mode & 0o777).toBe(0o555);
    expect((await stat(join(a?.root ?? '', 'lib/x'))).mode & 0o777).toBe(0o444);
    expect(await store.verify()).toEqual({ checked: 2, problems: [] });
  });
  it('does not share bytes that have gone bad', async () => {
    const store = openStore(await tmpDir());
    await putTree(store, FILES);
    const shared = join(store.path, 'files', sha256('lib').slice(0, 2), `${sha256('lib')}-r`);
    await chmod(shared, 0o644);
    await writeFile(shared, 'bad');
    const two = await putTree(store, { ...FILES, 'lib/y': 'new' });
    expect(await readFile(join((await store.find(two))?.root ?? '', 'lib/x'), 'utf8')).toBe('lib');
  });
  it('missing one file is not found', async () => {
    const store = openStore(await tmpDir());
    const entry = await putTree(store, FILES);
    const root = (await store.find(entry))?.root ?? '';
    await rm(join(root, 'lib/x'));
    expect(await store.find(entry)).toBeUndefined();
  });
});

describe('verify', () => {
  it('finds changed bytes that keep size and time, and mends by dropping them', async () => {
    const store = openStore(await tmpDir());
    const entry = await put(store, 'run');
    const path = (await store.find(entry))?.binaryPath ?? '';
    const { atime, mtime } = await stat(path);
    await chmod(path, 0o755);
    await writeFile(path, 'RUN');
    await chmod(path, 0o555);
    await utimes(path, atime, mtime);
    const problem = { key: storeKey(entry), path, problem: 'damaged' };
    expect(await store.verify()).toEqual({ checked: 1, problems: [problem] });
    await store.verify({ mend: true });
    expect(await store.verify()).toEqual({ checked: 0, problems: [] });
    expect(await filesBelow(join(store.path, 'files'))).toEqual([]);
  });
  it('that is interrupted says so, and mends nothing', async () => {
    const store = openStore(await tmpDir());
    const entry = await put(store, 'run');
    const stop = AbortSignal.abort();
    await expect(store.verify({ mend: true, signal: stop })).rejects.toThrow(Interrupted);
    await expect(store.prune({ signal: stop })).rejects.toThrow(Interrupted);
    expect(await store.find(entry)).toBeDefined();
  });
});

describe('a record that another user of the store wrote', () => {
  /** Puts other bytes into the store as if they belonged there, and leads the record to them. */
  async function lead(store: Store, entry: LockEntry, file: object): Promise<string> {
    const evil = join(store.path, 'files', sha256('evil').slice(0, 2), sha256('evil'));
    await mkdir(join(evil, '..'), { recursive: true });
    await writeFile(evil, 'evil', { mode: 0o555 });
    const { size, mtimeMs } = await stat(evil);
    const record = join(store.path, 'meta', `${storeKey(entry)}.json`);
    const meta = JSON.parse(await readFile(record, 'utf8')) as { files: object[] };
    const seen = { size, mtimeMs: Math.floor(mtimeMs), mode: 0o555 };
    const files = [{ ...meta.files[0], ...seen, ...file }, ...meta.files.slice(1)];
    await writeFile(record, JSON.stringify({ ...meta, files }));
    return record;
  }
  it('leads nobody to other bytes, is found by verify, and mended', async () => {
    const store = openStore(await tmpDir());
    const entry = await put(store, 'run');
    const record = await lead(store, entry, { sha256: sha256('evil') });
    const later = openStore(store.path);
    expect(await later.find(entry)).toBeUndefined();
    expect(await later.list()).toEqual([]);
    const { problems } = await later.verify({ mend: true });
    expect(problems).toEqual([{ key: storeKey(entry), path: record, problem: 'damaged' }]);
    expect(await later.verify()).toEqual({ checked: 0, problems: [] });
    await put(later, 'run');
    expect(await readFile((await later.find(entry))?.binaryPath ?? '', 'utf8')).toBe('run');
  });
  it('of a tree is not believed by who has the lock, and replaced by the next put', async () => {
    const store = openStore(await tmpDir());
    const files = { 'bin/tool': 'run' };
    const entry = await putTree(store, files);
    const tool = (await store.find(entry))?.binaryPath ?? '';
    await chmod(tool, 0o755);
    await writeFile(tool, 'evil');
    await chmod(tool, 0o555);
    const { mtimeMs } = await stat(tool);
    await lead(store, entry, { sha256: sha256('evil'), mtimeMs: Math.floor(mtimeMs) });
    const later = openStore(store.path);
    expect(await later.find(entry)).toBeUndefined();
    await putTree(later, files);
    expect(await readFile((await later.find(entry))?.binaryPath ?? '', 'utf8')).toBe('run');
  });
});

describe('prune', () => {
  async function three(): Promise<{ store: Store; entries: LockEntry[] }> {
    let day = 0;
    const store = openStore(await tmpDir(), { now: () => new Date(Date.UTC(2026, 0, (day += 1))) });
    const entries = [
      await put(store, 'a'.repeat(10)),
      await put(store, 'b'.repeat(20)),
      await put(store, 'c'.repeat(30)),
    ];
    for (const entry of [entries[2], entries[0], entries[1]]) await store.find(entry as LockEntry);
    return { store, entries };
  }
  it('removes what was not used for longest until the rest fits', async () => {
    const { store, entries } = await three();
    const dry = await store.prune({ maxBytes: 30, dryRun: true });
    expect(dry).toMatchObject({ removed: [{ key: storeKey(entries[2] as LockEntry) }], freedBytes: 30, keptBytes: 30 });
    expect(await store.list()).toHaveLength(3);
    expect(await store.prune({ maxBytes: 30 })).toEqual(dry);
    expect((await store.list()).map((item) => item.size).sort()).toEqual([10, 20]);
  });
  it('leaves what must stay, and without a limit nothing else', async () => {
    const { store, entries } = await three();
    await store.prune({ keep: [storeKey(entries[2] as LockEntry)] });
    expect(await store.list()).toMatchObject([{ size: 30 }]);
    await store.prune();
    expect(await filesBelow(join(store.path, 'files'))).toEqual([]);
  });
  it('of one tree leaves the files another one shares', async () => {
    const store = openStore(await tmpDir());
    const one = await putTree(store, { 'bin/tool': 'run', 'lib/x': '1' });
    const two = await putTree(store, { 'bin/tool': 'run', 'lib/x': '2' });
    await store.prune({ keep: [storeKey(two)] });
    expect(await store.find(one)).toBeUndefined();
    expect(await store.find(two)).toBeDefined();
  });
});

describe('killed runs', () => {
  it('leave only temporary folders, which the next run sweeps', async () => {
    const store = openStore(await tmpDir());
    const child = spawn(process.execPath, ['-e', ''], { env: {} });
    const [{ pid }] = [child, await once(child, 'exit')];
    await put(store, 'first');
    const own = await store.stage(async (stage) => stage.split(/[\\/]/).at(-1) ?? '');
    const dead = own.replace(/^([0-9a-f]+)-\d+/, `$1-${pid}`);
    await mkdir(join(store.path, 'tmp', dead), { recursive: true });
    await writeFile(join(store.path, 'tmp', dead, 'half'), 'x');
    const next = openStore(store.path);
    await put(next, 'second');
    expect(await filesBelow(join(store.path, 'tmp'))).toEqual([]);
    expect(await next.list()).toHaveLength(2);
  });
  it('between file and record leave nothing that is found', async () => {
    const store = openStore(await tmpDir());
    const path = join(store.path, 'files', sha256('run').slice(0, 2), sha256('run'));
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, 'ru');
    expect(await store.find(fileEntry('run'))).toBeUndefined();
    const entry = await put(store, 'run');
    expect(await readFile((await store.find(entry))?.binaryPath ?? '', 'utf8')).toBe('run');
  });
  it('leave a torn record that counts as none', async () => {
    const store = openStore(await tmpDir());
    const entry = await put(store, 'run');
    await writeFile(join(store.path, 'meta', `${storeKey(entry)}.json`), '{"version":1,');
    expect(await store.find(entry)).toBeUndefined();
    expect(await store.list()).toEqual([]);
  });
});
