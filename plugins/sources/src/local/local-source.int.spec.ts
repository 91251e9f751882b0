import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { describeSource } from '@cliparity/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ANY, LINUX, listOf, testIo, textOf, useServers, WINDOWS } from '../test-support.js';
import localSource from './index.js';
import { localSettingsSchema } from './settings.js';

const serve = useServers();
let contractBase: string;
beforeAll(async () => {
  contractBase = await mkdtemp(join(tmpdir(), 'cliparity-local-'));
  await mkdir(join(contractBase, '1.0.0', LINUX.id), { recursive: true });
  await writeFile(join(contractBase, '1.0.0', LINUX.id, 'tool'), 'the tool');
});
afterAll(async () => rm(contractBase, { recursive: true, force: true }));
describeSource('local', {
  source: () => localSource({ path: '.', name: 'tool' }, contractBase),
  io: testIo,
  targets: [LINUX, WINDOWS],
  version: '1.0.0',
});
let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'cliparity-local-'));
  for (const version of ['0.9.0', '0.10.0', '1.0.0-rc.1']) {
    await mkdir(join(base, 'mirror', version, LINUX.id), { recursive: true });
    await writeFile(join(base, 'mirror', version, LINUX.id, 'tool'), `tool ${version}`);
  }
  await mkdir(join(base, 'mirror', 'notes'));
  await mkdir(join(base, 'root'));
});
afterEach(async () => rm(base, { recursive: true, force: true }));

describe('a folder', () => {
  const make = (more = {}) => localSource({ path: '../mirror', name: 'tool{exe}', ...more }, join(base, 'root'));
  it('tells its versions, newest first', async () => {
    const releases = await listOf(make().releases(testIo()));
    expect(releases.map((release) => [release.version, release.prerelease])).toEqual([
      ['1.0.0-rc.1', true],
      ['0.10.0', false],
      ['0.9.0', false],
    ]);
  });
  it.each([
    ['tool-{version}-{target}', ['tool-1.2.0-linux-x64', 'tool-1.10.0-win32-x64', 'tool-x'], ['1.10.0', '1.2.0']],
    ['{target}-{version}{exe}', ['linux-x64-1.2.0', 'win32-x64-1.2.0.exe'], ['1.2.0']],
    ['v{version}.tar.gz', ['v1.2.0.tar.gz', 'v2.0.0-rc.1.tar.gz', '1.3.0.tar.gz'], ['2.0.0-rc.1', '1.2.0']],
  ])('laid out as %s tells its versions', async (template, names, versions) => {
    await mkdir(join(base, 'flat'));
    for (const name of names) await writeFile(join(base, 'flat', name), name);
    const source = localSource({ path: '../flat', template }, join(base, 'root'));
    expect((await listOf(source.releases(testIo()))).map(({ version }) => version)).toEqual(versions);
  });
  it('tells its assets, without a path of this machine', async () => {
    const io = testIo();
    expect(await make().assets('0.9.0', [LINUX, WINDOWS], io)).toEqual([
      {
        target: LINUX.id,
        locator: `file:../mirror/0.9.0/${LINUX.id}/tool`,
        name: 'tool',
        size: 10,
        digests: {},
        kind: 'file',
        format: 'bare',
      },
    ]);
    expect(io.notes).toEqual([expect.stringContaining(WINDOWS.id)]);
  });
  it('opens its files from anywhere in them', async () => {
    const locator = `file:../mirror/0.9.0/${LINUX.id}/tool`;
    const bytes = await make().open(locator, 5, testIo());
    expect([bytes.start, bytes.total, await textOf(bytes.body)]).toEqual([5, 10, '0.9.0']);
    expect((await make().open(locator, 99, testIo())).start).toBe(0);
  });
  it('owns what lies in it and nothing else', async () => {
    const source = make();
    expect(source.owns('file:../mirror/x')).toBe(true);
    for (const other of [
      'file:../else',
      'file:../mirror/../root/x',
      'file:///etc/passwd',
      'file:/etc/passwd',
      'npm:x@1.0.0',
    ]) {
      expect(source.owns(other)).toBe(false);
    }
    await expect(source.open('file:../else', 0, testIo())).rejects.toMatchObject({ code: 'LOCAL_ASSET_MISSING' });
    await expect(source.open('file:../mirror/none', 0, testIo())).rejects.toMatchObject({
      code: 'LOCAL_ASSET_MISSING',
    });
  });
  it('may have a layout of its own', async () => {
    await mkdir(join(base, 'flat'));
    await writeFile(join(base, 'flat', 'tool-2.0.0-linux-x64.tar.gz'), 'x');
    const source = make({ path: '../flat', template: 'tool-{version}-{npm}.tar.gz' });
    expect(await source.assets('2.0.0', [LINUX], testIo())).toMatchObject([{ format: 'tar.gz' }]);
    const plain = make({ path: '../mirror', template: 'v/{target}' });
    await expect(listOf(plain.releases(testIo()))).rejects.toMatchObject({ code: 'SOURCE_VERSIONS_UNKNOWN' });
  });
  it('may be one file, whose version and target are said', async () => {
    await writeFile(join(base, 'root', 'mytool'), 'x');
    const source = localSource({ path: 'mytool', versions: ['1.0.0'], targets: ['any'] }, join(base, 'root'));
    expect(await listOf(source.releases(testIo()))).toMatchObject([{ version: '1.0.0' }]);
    expect(await source.assets('1.0.0', [LINUX, ANY], testIo())).toMatchObject([
      { target: 'any', locator: 'file:mytool', name: 'mytool', size: 1 },
    ]);
    expect(await source.assets('2.0.0', [ANY], testIo())).toEqual([]);
    const nameless = localSource({ path: 'mytool' }, join(base, 'root'));
    await expect(listOf(nameless.releases(testIo()))).rejects.toMatchObject({
      code: 'SOURCE_VERSIONS_UNKNOWN',
      exitCode: 2,
    });
  });
});

describe('a folder behind a file: address', () => {
  const make = () => localSource({ url: pathToFileURL(join(base, 'mirror')).href, name: 'tool' }, join(base, 'root'));
  it('is read like any folder; its locators are whole', async () => {
    const source = make();
    expect((await listOf(source.releases(testIo()))).map(({ version }) => version)).toContain('0.9.0');
    const [asset] = await source.assets('0.9.0', [LINUX], testIo());
    const locator = pathToFileURL(join(base, 'mirror', '0.9.0', LINUX.id, 'tool')).href;
    expect(asset).toMatchObject({ locator, size: 10 });
    expect(await textOf((await source.open(locator, 5, testIo())).body)).toBe('0.9.0');
  });
  it('owns what lies in it and nothing else', () => {
    const source = make();
    const up = pathToFileURL(join(base, 'mirror')).href;
    expect(source.owns(`${up}/x`)).toBe(true);
    for (const other of [
      `${up}/../root/x`,
      `${up}/%2e%2e/root/x`,
      'file:///etc/passwd',
      'file:mirror/x',
      'file://host/x',
    ]) {
      expect(source.owns(other)).toBe(false);
    }
  });
});

describe('a mirror', () => {
  it('tells what its settings say, and opens from anywhere', async () => {
    const server = await serve((request, response) => {
      if (request.headers.range === undefined) response.end('0123456789');
      else response.writeHead(206, { 'content-range': 'bytes 4-9/10' }).end('456789');
    });
    const url = `${server.url}/m/`;
    const source = localSource({ url, name: 'a tool{exe}', versions: ['1.0.0', '2.0.0'] }, base);
    expect((await listOf(source.releases(testIo()))).map((release) => release.version)).toEqual(['2.0.0', '1.0.0']);
    const [asset] = await source.assets('1.0.0', [WINDOWS], testIo());
    expect(asset?.locator).toBe(`${url}1.0.0/${WINDOWS.id}/a%20tool.exe`);
    expect(source.owns(asset?.locator ?? '')).toBe(true);
    expect(source.owns(`${server.url}/n/x`)).toBe(false);
    const bytes = await source.open(asset?.locator ?? '', 4, testIo());
    expect([bytes.start, bytes.total, await textOf(bytes.body)]).toEqual([4, 10, '456789']);
    expect(server.requests[0]?.url).toBe(`/m/1.0.0/${WINDOWS.id}/a%20tool.exe`);
  });
  it('without versions says what to do', async () => {
    const source = localSource({ url: 'https://m.example' }, base);
    await expect(listOf(source.releases(testIo()))).rejects.toMatchObject({ code: 'SOURCE_VERSIONS_UNKNOWN' });
  });
});

describe('settings', () => {
  const valid = new Ajv().compile(localSettingsSchema);
  it('name a path or an address, not both and not neither', () => {
    expect(valid({ path: 'x' })).toBe(true);
    expect(valid({ url: 'https://m.example' })).toBe(true);
    expect(valid({ url: 'file:///srv/mirror' })).toBe(true);
    for (const bad of [
      {},
      { path: 'x', url: 'https://m.example' },
      { url: 'ftp://x' },
      { path: 'x', more: 1 },
      { path: 'x', kind: 'tree' },
    ]) {
      expect(valid(bad)).toBe(false);
    }
  });
});
