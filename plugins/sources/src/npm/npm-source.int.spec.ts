import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describeSource } from '@cliparity/testkit';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { NpmSettings } from '@cliparity/acquisition';
import { LINUX, listOf, testIo, textOf, useServers, WINDOWS, type TestServer } from '../test-support.js';
import npmSource from './index.js';
import { createNpmSource } from './npm-source.js';
import type { NpmSourceSettings } from './settings.js';

const serve = useServers();
const TARBALL = 'the tarball';
const INTEGRITY = `sha512-${createHash('sha512').update(TARBALL).digest('base64')}`;

const settings: NpmSourceSettings = {
  package: '@o/tool',
  layouts: [{ fits: '*', spec: '{version}-{npm}', member: 'bin/{binary}{exe}' }],
};

/** A registry with one package; `host` is what its document says about where tarballs are. */
async function registry(host?: string): Promise<TestServer> {
  const server: TestServer = await serve((request, response) => {
    if (request.url === '/@o%2ftool') {
      const tarball = `${host ?? server.url}/@o/tool/-/tool-1.0.0-linux-x64.tgz`;
      const versions = {
        '1.0.0': { dist: { tarball: 'x' } },
        '1.0.0-linux-x64': { dist: { tarball, integrity: INTEGRITY } },
      };
      response.end(JSON.stringify({ versions, time: { '1.0.0': '2026-01-01T00:00:00.000Z' } }));
    } else if (request.url?.endsWith('.tgz')) {
      const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
      const range = `bytes ${from}-${TARBALL.length - 1}/${TARBALL.length}`;
      response.writeHead(from > 0 ? 206 : 200, from > 0 ? { 'content-range': range } : {}).end(TARBALL.slice(from));
    } else response.writeHead(404).end();
  });
  return server;
}

function sourceAt(url: string, credentials = {}) {
  const npm: NpmSettings = { network: {}, registryFor: () => `${url}/`, credentialsFor: () => credentials };
  return createNpmSource({ settings, cwd: '.', loadSettings: async () => npm });
}

let contractUrl: string;
beforeEach(async () => {
  contractUrl = (await registry()).url;
});
describeSource('npm', {
  source: () => sourceAt(contractUrl),
  io: testIo,
  targets: [LINUX, WINDOWS],
  version: '1.0.0',
});

describe('the npm source', () => {
  it('lists releases and assets, and asks for the document once', async () => {
    const server = await registry();
    const source = sourceAt(server.url);
    const io = testIo();
    expect(await listOf(source.releases(io))).toMatchObject([
      { version: '1.0.0', publishedAt: '2026-01-01T00:00:00.000Z' },
    ]);
    expect(await source.assets('1.0.0', [LINUX, WINDOWS], io)).toEqual([
      {
        target: LINUX.id,
        locator: 'npm:@o/tool@1.0.0-linux-x64',
        name: 'tool-1.0.0-linux-x64.tgz',
        digests: { integrity: INTEGRITY },
        kind: 'file',
        format: 'tar.gz',
        member: 'package/bin/tool',
      },
    ]);
    expect(io.notes).toEqual([expect.stringContaining(WINDOWS.id)]);
    expect(server.requests).toHaveLength(1);
  });
  it('opens a tarball from the start and from the middle', async () => {
    const source = sourceAt((await registry()).url);
    const whole = await source.open('npm:@o/tool@1.0.0-linux-x64', 0, testIo());
    expect([whole.start, await textOf(whole.body)]).toEqual([0, TARBALL]);
    const rest = await source.open('npm:@o/tool@1.0.0-linux-x64', 4, testIo());
    expect([rest.start, rest.total, await textOf(rest.body)]).toEqual([4, TARBALL.length, TARBALL.slice(4)]);
  });
  it('fetches from the registry even when its document names another host, and tells the token nobody else', async () => {
    const other = await registry();
    const server = await registry(other.url);
    const io = testIo();
    await sourceAt(server.url, { token: 'T0P' }).open('npm:@o/tool@1.0.0-linux-x64', 0, io);
    expect(other.requests).toEqual([]);
    expect(server.requests.map((request) => request.headers.authorization)).toEqual(['Bearer T0P', 'Bearer T0P']);
    expect(new Set(io.secrets)).toEqual(new Set(['T0P']));
  });
  it('owns the locators of its packages only', () => {
    const source = sourceAt('http://127.0.0.1:1');
    expect(source.owns('npm:@o/tool@1.0.0')).toBe(true);
    expect(source.owns('npm:@o/tool2@1.0.0')).toBe(false);
    expect(source.owns('https://r.example/@o/tool@1.0.0')).toBe(false);
  });
  it('says what is not published, with the nearest that is', async () => {
    const source = sourceAt((await registry()).url);
    await expect(source.open('npm:@o/tool@1.0.1-linux-x64', 0, testIo())).rejects.toMatchObject({
      code: 'NPM_VERSION_MISSING',
      message: expect.stringContaining('"1.0.0-linux-x64"'),
    });
    await expect(source.open('npm:half', 0, testIo())).rejects.toMatchObject({ code: 'LOCATOR_UNKNOWN' });
  });
  it.each(['<html>', '[]', '{"versions":{"1.0.0":{}}}'])(
    'does not take %s for a registry’s answer, and asks again',
    async (text) => {
      const server = await serve((_, response) => response.end(text));
      const source = sourceAt(server.url);
      const code = 'NPM_ANSWER_INVALID';
      await expect(listOf(source.releases(testIo()))).rejects.toMatchObject({ code });
      await expect(listOf(source.releases(testIo()))).rejects.toMatchObject({ code });
      expect(server.requests).toHaveLength(2);
    },
  );
  it('reads a document that comes compressed unasked', async () => {
    const document = JSON.stringify({ versions: { '1.0.0': { dist: { tarball: 'x' } } } });
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(document));
    });
    expect(await listOf(sourceAt(server.url).releases(testIo()))).toHaveLength(1);
  });
  it('reads registry and token from the project’s npmrc', async () => {
    const server = await registry();
    const cwd = await mkdtemp(join(tmpdir(), 'cliparity-npm-'));
    try {
      const host = server.url.replace('http:', '');
      await writeFile(join(cwd, 'package.json'), '{}');
      await writeFile(join(cwd, '.npmrc'), `@o:registry=${server.url}/\n${host}/:_authToken=T0P\n`);
      const io = testIo();
      expect(await listOf(npmSource(settings, cwd).releases(io))).toHaveLength(1);
      expect(server.requests[0]?.headers.authorization).toBe('Bearer T0P');
      expect(io.secrets).toEqual(['T0P']);
    } finally {
      await rm(cwd, { recursive: true, force: true });
    }
  });
});
