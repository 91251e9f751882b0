import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { HOUSE } from './support/clone.js';
import { cacheEnv, READ_TOKEN, startCacheServer, type CacheServer } from './support/cache-server.js';
import { HOST_TARGET } from './support/fake-upstream.js';
import { makeLockedPlace } from './support/finished-place.js';
import { nx, outcomes, secondClone, tasksOf, withNx } from './support/nx.js';
import { editJson, removePlaces, type Place } from './support/place.js';
import { digestsBelow, filesBelow } from './support/traces.js';

jest.setTimeout(180_000);

const PREFLIGHT = join(HOUSE, 'plugins/nx/bin/cache-preflight.mjs');
const REPORT = ['run', 'fake:report'];

let server: CacheServer;
beforeAll(async () => {
  server = await startCacheServer();
});
afterAll(async () => {
  await server.close();
  removePlaces();
});

describe('another machine', () => {
  let first: Place;
  let second: Place;
  beforeAll(async () => {
    first = await withNx(await makeLockedPlace());
    second = secondClone(first);
  });

  it('misses what nobody has done yet, and stores it', async () => {
    const ran = await nx(first, REPORT, cacheEnv(server));
    expect(ran).toMatchObject({ exit: 0 });
    expect(outcomes(ran)).toEqual(['ran']);
    expect(server.artifacts.size).toBe(Object.keys(ran.tasks).length);
  });

  it('gets every task from the first one: nothing downloaded, nothing spawned', async () => {
    rmSync(second.upstream, { recursive: true });
    const ran = await nx(second, REPORT, { ...cacheEnv(server, READ_TOKEN), PATH: '/nonexistent' });
    expect(ran).toMatchObject({ exit: 0 });
    expect(outcomes(ran)).toEqual(['remote']);
    expect(filesBelow(second.store)).toEqual([]);
    expect(digestsBelow(second.root)).toEqual(digestsBelow(first.root));
  });

  it('gets the pages, too: what is read anew starts no binary', async () => {
    editJson<{ texts?: string }>(join(second.root, 'cliparity.json'), (manifest) => {
      manifest.texts = 'digest';
    });
    const ran = await nx(second, REPORT, { ...cacheEnv(server, READ_TOKEN), PATH: '/nonexistent' });
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.tasks[`fake@1.0.0:snapshot:${HOST_TARGET}`]).toBe('ran');
    expect(filesBelow(second.store)).toEqual([]);
    expect(digestsBelow(second.root)).not.toEqual(digestsBelow(first.root));
  });

  it('needs no more than a token to read: what it does itself stays its own', () => {
    expect(server.log).toContain('PUT 403');
    expect(server.artifacts.size).toBe(6);
  });
});

describe('the pre-flight', () => {
  // Only the silent server is to be given up: the others answer, on a busy machine not always within a second.
  const env = { NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: '', CLIPARITY_CACHE_TIMEOUT_MS: '30000' };
  const SAY = [process.execPath, '-p', `'[' + process.env.NX_SELF_HOSTED_REMOTE_CACHE_SERVER + ']'`] as const;
  /** Nx is led to the pre-flight itself, which looks at every artifact. */
  const PROXY = expect.stringMatching(/^\[http:\/\/127\.0\.0\.1:\d+\]$/);
  const preflight = async (more: Record<string, string>, words: readonly string[] = SAY) => {
    const ran = await execa(process.execPath, [PREFLIGHT, ...words], { reject: false, env: { ...env, ...more } });
    return { exit: ran.exitCode, stdout: ran.stdout, stderr: ran.stderr };
  };

  it('lets a working server be used, with either token', async () => {
    for (const given of [cacheEnv(server), cacheEnv(server, READ_TOKEN)]) {
      const ran = await preflight(given);
      expect(ran).toEqual({ exit: 0, stdout: PROXY, stderr: expect.stringMatching(/ works$/) });
    }
  });

  it('lets a reader use a server on which nobody has written the probe', async () => {
    const empty = await startCacheServer();
    expect((await preflight(cacheEnv(empty, READ_TOKEN))).stdout).toEqual(PROXY);
    await empty.close();
  });

  it.each<[CacheServer['fault'], RegExp]>([
    ['corrupting', /gives back other bytes/],
    ['refusing', /refuses the token \(401\)/],
    ['failing', /answers 500/],
    ['babbling', /answers 200 where it should have nothing/],
    ['silent', /did not answer within 1000 ms/],
  ])('leaves a %s server out, says so, and runs the command', async (fault, words) => {
    server.fault = fault;
    const ran = await preflight({
      ...cacheEnv(server),
      ...(fault === 'silent' && { CLIPARITY_CACHE_TIMEOUT_MS: '1000' }),
    });
    server.fault = 'none';
    expect(ran).toMatchObject({ exit: 0, stdout: '[]' });
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).toMatch(/this run uses the local one$/);
  });

  it('leaves a dead server out, and an address that is none', async () => {
    // A port that nobody is given: one that was free a moment ago may be another test's now.
    const dead = await preflight({ ...cacheEnv(server), NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'http://127.0.0.1:2' });
    expect(dead).toMatchObject({ exit: 0, stdout: '[]', stderr: expect.stringContaining('ECONNREFUSED') });
    const none = await preflight({ NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'cache' });
    expect(none).toMatchObject({ exit: 0, stdout: '[]', stderr: expect.stringContaining('no URL') });
  });

  it('only says without a command, and hands on the command’s exit code', async () => {
    expect(await preflight(cacheEnv(server), [])).toMatchObject({ exit: 0, stdout: '' });
    expect((await preflight({ NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'http://127.0.0.1:9' }, [])).exit).toBe(1);
    expect((await preflight({}, [process.execPath, '-e', 'process.exit(7)'])).exit).toBe(7);
    expect((await preflight({}, ['/nonexistent'])).exit).toBe(3);
  });

  it('never prints the token', async () => {
    server.fault = 'refusing';
    const ran = await preflight(cacheEnv(server, 'very-secret'));
    server.fault = 'none';
    expect(`${ran.stdout}${ran.stderr}`).not.toContain('very-secret');
  });

  it('never prints a password that stands in the address, and says where a token goes', async () => {
    const url = server.url.replace('://', '://me:very-secret@');
    const ran = await preflight({ NX_SELF_HOSTED_REMOTE_CACHE_SERVER: url });
    expect(ran).toMatchObject({ exit: 0, stdout: '[]', stderr: expect.stringContaining('CACHE_ACCESS_TOKEN') });
    expect(ran.stderr).not.toContain('very-secret');
  });

  it('waits as long as usual where the variable for it is no number', async () => {
    const ran = await preflight({ ...cacheEnv(server), CLIPARITY_CACHE_TIMEOUT_MS: 'soon' });
    expect(ran).toMatchObject({ exit: 0, stdout: PROXY });
  });

  /** The whole report behind the pre-flight. */
  const reportIn = async (place: Place) => {
    const nxHere = join(HOUSE, 'node_modules/.bin/nx');
    const ran = await execa(process.execPath, [PREFLIGHT, process.execPath, nxHere, ...REPORT], {
      cwd: place.workspace,
      reject: false,
      env: {
        ...cacheEnv(server),
        HOME: place.home,
        CLIPARITY_STORE: place.store,
        NX_DAEMON: 'false',
        NX_NO_CLOUD: 'true',
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        HTTP_PROXY: 'http://127.0.0.1:9',
      },
    });
    return { ...ran, tasks: tasksOf(join(place.workspace, '.nx/cache/run.json')) };
  };

  it('lets a whole run of Nx go on without a server that answers nonsense', async () => {
    const place = await withNx(await makeLockedPlace());
    server.fault = 'failing';
    const bare = await nx(place, REPORT, cacheEnv(server));
    expect(bare.exit).not.toBe(0);
    const ran = await reportIn(place);
    server.fault = 'none';
    expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Successfully ran target report') });
  });

  it('does again the one task whose artifact is damaged, or cannot be had, and takes the others', async () => {
    const first = await withNx(await makeLockedPlace());
    const [cut, withheld] = [secondClone(first), secondClone(first)];
    expect(await nx(first, REPORT, cacheEnv(server))).toMatchObject({ exit: 0 });
    const [hash, bytes] = [...server.artifacts].at(-1) as [string, Buffer];
    server.artifacts.set(hash, bytes.subarray(0, bytes.length >> 1));
    expect((await nx(secondClone(first), REPORT, cacheEnv(server))).exit).not.toBe(0);
    const ran = await reportIn(cut);
    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`${hash} is damaged: done again`) });
    expect(Object.values(ran.tasks).sort()).toEqual(['ran', ...Array<string>(5).fill('remote')].sort());
    server.withheld = hash;
    const again = await reportIn(withheld);
    server.withheld = undefined;
    expect(again).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`${hash} cannot be had (503): done again`),
    });
    expect(Object.values(again.tasks).filter((became) => became === 'remote')).toHaveLength(5);
    expect(digestsBelow(withheld.root)).toEqual(digestsBelow(first.root));
  });
});
