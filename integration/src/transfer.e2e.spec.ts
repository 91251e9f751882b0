import { chmodSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run } from './support/command.js';
import { assetPath, HOST_TARGET, makeUpstream, OTHER_TARGET } from './support/fake-upstream.js';
import { makeLockedPlace, makePublishedPlace } from './support/finished-place.js';
import { listen, serveHalf, serveShort, serveWhole, type Loopback } from './support/loopback.js';
import { packed, registryOf, useRegistry } from './support/npm-registry.js';
import {
  copyPlace,
  emptyStore,
  editJson,
  makePlace,
  manifestWith,
  put,
  removePlaces,
  type Place,
} from './support/place.js';
import { expectRefusal, expectSoundStore, refuses } from './support/refusals.js';
import { committed, filesBelow, leftovers } from './support/traces.js';

jest.setTimeout(180_000);

afterAll(removePlaces);

type Entry = { target_triple: string; sha256: string; size_bytes: number; binary_sha256: string; locator: string };
const editLock = (edit: (artifacts: Entry[]) => void) => (at: Place) =>
  editJson<{ artifacts: Entry[] }>(join(at.root, 'artifacts.lock.json'), ({ artifacts }) => edit(artifacts));
const editHost = (edit: (entry: Entry) => void) =>
  editLock((artifacts) => artifacts.filter((e) => e.target_triple === HOST_TARGET).forEach(edit));
const hostAsset = (at: Place): string => assetPath(at.upstream, '1.0.0', HOST_TARGET);
const acquire = { args: ['acquire', 'fake', '1.0.0', '--target', HOST_TARGET] } as const;

describe('a lock that does not fit what is there', () => {
  let place: Place;
  beforeAll(async () => {
    place = await makeLockedPlace();
  });
  refuses(
    () => place,
    [
      {
        ...acquire,
        what: 'no lock at all',
        arrange: (at) => rmSync(join(at.root, 'artifacts.lock.json')),
        exit: 2,
        code: 'LOCK_VERSION_UNKNOWN',
        names: ['1.0.0', 'cliparity lock'],
      },
      {
        ...acquire,
        what: 'no newest in no lock',
        args: ['acquire', 'fake', 'newest'],
        arrange: (at) => rmSync(join(at.root, 'artifacts.lock.json')),
        exit: 2,
        code: 'LOCK_EMPTY',
        names: ['cliparity lock fake'],
      },
      {
        ...acquire,
        what: 'no entry for the target',
        arrange: editLock((artifacts) =>
          artifacts.splice(0, 2, ...artifacts.filter((e) => e.target_triple === OTHER_TARGET)),
        ),
        exit: 2,
        code: 'LOCK_TARGET_UNKNOWN',
        names: [HOST_TARGET, OTHER_TARGET],
      },
      {
        ...acquire,
        what: 'no entry for the target, offline',
        args: ['lock', 'fake', '1.0.0', '--check'],
        arrange: editLock((artifacts) =>
          artifacts.splice(0, 2, ...artifacts.filter((e) => e.target_triple === OTHER_TARGET)),
        ),
        exit: 1,
        code: 'LOCK_TARGET_MISSING',
        names: [HOST_TARGET, '1.0.0'],
      },
      {
        ...acquire,
        what: 'a target twice, as a merge leaves it, offline',
        args: ['lock', 'fake', '1.0.0', '--check'],
        arrange: editLock((artifacts) => void artifacts.push(...artifacts.slice(0, 1))),
        exit: 1,
        code: 'LOCK_DUPLICATE',
        names: ['pinned twice'],
      },
      {
        ...acquire,
        what: 'the lock of another tool, offline',
        args: ['lock', 'fake', '1.0.0', '--check'],
        arrange: (at) =>
          editJson<{ tool: string }>(join(at.root, 'artifacts.lock.json'), (lock) => (lock.tool = 'other')),
        exit: 1,
        code: 'LOCK_OF_OTHER_TOOL',
        names: ['other', 'fake-cli'],
      },
      {
        ...acquire,
        what: 'a tree that is none, offline',
        args: ['lock', 'fake', '1.0.0', '--check', '--target', HOST_TARGET],
        arrange: editHost((entry) => Object.assign(entry, { kind: 'tree' })),
        exit: 1,
        code: 'LOCK_INVALID',
        names: [HOST_TARGET, 'tree_sha256'],
      },
      {
        ...acquire,
        what: 'a folder where the link shall be',
        args: [...acquire.args, '--link', 'bin'],
        arrange: (at) => put(join(at.workspace, 'bin', `fake-${HOST_TARGET}`, 'x'), ''),
        exit: 3,
        code: 'WRITE_FAILED',
        names: ['bin'],
      },
      {
        ...acquire,
        what: 'another size',
        arrange: editHost((entry) => (entry.size_bytes += 1)),
        exit: 1,
        code: 'ASSET_SIZE_MISMATCH',
        names: ['upstream/1.0.0', 'bytes'],
      },
      {
        ...acquire,
        what: 'another digest',
        arrange: editHost((entry) => (entry.sha256 = '0'.repeat(64))),
        exit: 1,
        code: 'ASSET_DIGEST_MISMATCH',
        names: ['upstream/1.0.0', '0'.repeat(64)],
      },
      {
        ...acquire,
        what: 'another digest of the binary',
        arrange: editHost((entry) => (entry.binary_sha256 = '0'.repeat(64))),
        exit: 1,
        code: 'BINARY_DIGEST_MISMATCH',
        names: ['0'.repeat(64)],
      },
      {
        ...acquire,
        what: 'a locator of another version',
        arrange: editHost((entry) => (entry.locator = 'https://example.org/9.9.9/fake')),
        exit: 1,
        code: 'LOCATOR_MISMATCH',
        names: ['9.9.9', '1.0.0'],
      },
      {
        ...acquire,
        what: 'a locator nobody serves',
        arrange: editHost((entry) => (entry.locator = 'npm:fake@1.0.0')),
        exit: 2,
        code: 'SOURCE_UNKNOWN',
        names: ['npm:fake@1.0.0', 'local'],
      },
      {
        ...acquire,
        what: 'an asset that is gone',
        arrange: (at) => rmSync(hostAsset(at)),
        exit: 3,
        code: 'LOCAL_ASSET_MISSING',
        names: ['upstream/1.0.0'],
      },
      {
        ...acquire,
        what: 'an asset that was cut',
        arrange: (at) => truncateSync(hostAsset(at), 10),
        exit: 1,
        code: 'ASSET_SIZE_MISMATCH',
        names: ['upstream/1.0.0', '10'],
      },
      {
        ...acquire,
        what: 'an asset that was exchanged',
        arrange: (at) => writeFileSync(hostAsset(at), Buffer.alloc(readFileSync(hostAsset(at)).length, 'x')),
        exit: 1,
        code: 'ASSET_DIGEST_MISMATCH',
        names: ['upstream/1.0.0'],
      },
      {
        ...acquire,
        what: 'an asset that was exchanged, asked to verify',
        args: ['lock', 'fake', '1.0.0', '--verify'],
        arrange: (at) => writeFileSync(hostAsset(at), 'other\n'),
        exit: 1,
        code: 'ASSET_SIZE_MISMATCH',
        names: [HOST_TARGET, 'bytes'],
      },
      {
        ...acquire,
        what: 'an asset that was exchanged, asked to pin again',
        args: ['lock', 'fake', '1.0.0'],
        arrange: (at) => writeFileSync(hostAsset(at), 'other\n'),
        exit: 1,
        code: 'LOCK_ENTRY_CHANGED',
        names: [HOST_TARGET, '--force'],
      },
      {
        ...acquire,
        what: 'a target that upstream lacks',
        args: ['lock', 'fake', '1.0.0'],
        arrange: (at) => rmSync(hostAsset(at)),
        exit: 3,
        code: 'ASSET_MISSING',
        names: [HOST_TARGET, '--target'],
      },
    ],
  );
});

describe('a mirror that misbehaves', () => {
  let mirror: Loopback;
  let place: Place;
  let bytes: Buffer;
  beforeAll(async () => {
    mirror = await listen();
    place = await makePublishedPlace();
    bytes = readFileSync(hostAsset(place));
    put(
      join(place.root, 'cliparity.json'),
      manifestWith({ sources: [{ use: 'local', settings: { url: mirror.url, name: 'fake', versions: ['1.0.0'] } }] }),
    );
    mirror.answer = serveWhole(bytes);
    await mustRun(place, ['lock', 'fake', '1.0.0']);
    emptyStore(place);
  });
  afterAll(() => mirror.close());
  const answer = (make: () => Loopback['answer']) => () => {
    mirror.answer = make();
  };
  refuses(
    () => place,
    [
      {
        ...acquire,
        what: 'hangs up half-way, every time',
        arrange: answer(() => serveHalf(bytes)),
        exit: 3,
        code: 'NETWORK',
        names: ['127.0.0.1'],
      },
      {
        ...acquire,
        what: 'says half is all',
        arrange: answer(() => serveShort(bytes)),
        exit: 3,
        code: 'TRUNCATED',
        names: ['127.0.0.1', 'ended after'],
      },
      {
        ...acquire,
        what: 'sends more',
        arrange: answer(() => serveWhole(Buffer.concat([bytes, bytes]))),
        exit: 1,
        code: 'ASSET_SIZE_MISMATCH',
        names: ['127.0.0.1'],
      },
      {
        ...acquire,
        what: 'sends other bytes',
        arrange: answer(() => serveWhole(Buffer.alloc(bytes.length))),
        exit: 1,
        code: 'ASSET_DIGEST_MISMATCH',
        names: ['127.0.0.1'],
      },
      {
        ...acquire,
        what: 'has nothing',
        arrange: answer(() => (_, response) => void response.writeHead(404).end()),
        exit: 3,
        code: 'HTTP_STATUS',
        names: ['404', '127.0.0.1'],
      },
      {
        ...acquire,
        what: 'wants to know who asks',
        arrange: answer(() => (_, response) => void response.writeHead(401).end()),
        exit: 3,
        code: 'HTTP_STATUS',
        names: ['401'],
      },
      {
        ...acquire,
        what: 'sends elsewhere',
        arrange: answer(
          () => (_, response) => void response.writeHead(302, { location: 'https://example.org/fake' }).end(),
        ),
        exit: 3,
        code: 'REDIRECT_REFUSED',
        names: ['example.org', 'redirect_hosts'],
      },
      {
        ...acquire,
        what: 'sends around in circles',
        arrange: answer(
          () => (request, response) =>
            void response.writeHead(302, { location: `${mirror.url}${request.url ?? ''}` }).end(),
        ),
        exit: 3,
        code: 'REDIRECT_LOOP',
        names: ['127.0.0.1'],
      },
    ],
  );

  it('a transfer that broke off goes on from there', async () => {
    const at = copyPlace(place);
    const half = bytes.length >> 1;
    const partial = join(at.store, 'partial');
    const written = async (size: number): Promise<void> => {
      const now = (): number => Math.max(0, ...filesBelow(partial).map((file) => statSync(join(partial, file)).size));
      while (now() !== size) await pause(5);
    };
    // Each try begins anew, and breaks when its half is on the disk: what breaks earlier may be lost on its way.
    mirror.answer = async (_, response) => {
      response.writeHead(200, { 'content-length': bytes.length }).flushHeaders();
      await written(0);
      response.write(bytes.subarray(0, half));
      await written(half);
      response.destroy();
    };
    expectRefusal(await run(at, [...acquire.args, '--json']), { exit: 3, code: 'NETWORK', names: [] });
    expect(filesBelow(join(at.store, 'partial'))).toHaveLength(1);
    const ranges: unknown[] = [];
    mirror.answer = (request, response) => {
      ranges.push(request.headers.range);
      serveWhole(bytes)(request, response);
    };
    await mustRun(at, acquire.args);
    expect(ranges).toEqual([`bytes=${half}-`]);
    expect(filesBelow(join(at.store, 'partial'))).toEqual([]);
    await expectSoundStore(at);
  });
});

describe('an npm registry that misbehaves', () => {
  let registry: Loopback;
  let place: Place;
  let tarball: Buffer;
  beforeAll(async () => {
    place = makePlace();
    registry = await useRegistry(place);
    tarball = await packed(readFileSync((await makeUpstream(join(place.base, 'program'))).path));
  });
  afterAll(() => registry.close());
  const lock = { args: ['lock', 'fake', '1.0.0'] } as const;
  refuses(
    () => place,
    [
      {
        ...lock,
        what: 'does not know the package',
        arrange: () => void (registry.answer = (_, response) => void response.writeHead(404).end()),
        exit: 3,
        code: 'HTTP_STATUS',
        names: ['404', '/fake'],
      },
      {
        ...lock,
        what: 'does not know the version',
        arrange: () => void (registry.answer = registryOf(registry.url, { '2.0.0': tarball })),
        exit: 3,
        code: 'RELEASE_UNKNOWN',
        names: ['1.0.0', 'fake'],
      },
      {
        ...lock,
        what: 'answers with a web page',
        arrange: () =>
          void (registry.answer = (_, response) => void response.writeHead(200).end('<html>Sign in</html>')),
        exit: 3,
        code: 'NPM_ANSWER_INVALID',
        names: ['127.0.0.1', 'npm config get registry'],
      },
      {
        ...lock,
        what: 'lists no versions',
        arrange: () => void (registry.answer = (_, response) => void response.writeHead(200).end('{"versions": []}')),
        exit: 3,
        code: 'RELEASE_UNKNOWN',
        names: ['1.0.0'],
      },
      {
        ...lock,
        what: 'packs other bytes than it states',
        arrange: () => {
          const honest = registryOf(registry.url, { '1.0.0': tarball });
          registry.answer = (request, response) =>
            request.url?.endsWith('.tgz') === true
              ? serveWhole(Buffer.alloc(9))(request, response)
              : honest(request, response);
        },
        exit: 1,
        code: 'ASSET_DIGEST_MISMATCH',
        names: ['npm:fake@1.0.0', 'sha512'],
      },
    ],
  );

  it('gets the token npm has for it, and nobody else sees that', async () => {
    const at = copyPlace(place);
    const token = 'planted-77aa12-token';
    put(
      join(at.workspace, '.npmrc'),
      `registry=${registry.url}/\n//${new URL(registry.url).host}/:_authToken=${token}\n`,
    );
    const sent: unknown[] = [];
    registry.answer = (request, response) => {
      sent.push(request.headers.authorization);
      response.writeHead(403).end(token);
    };
    const ran = await run(at, [...lock.args, '--json', '--verbose']);
    expect([ran.exit, sent]).toEqual([3, [`Bearer ${token}`]]);
    expect(ran.stdout + ran.stderr).not.toContain(token);
    const told = filesBelow(at.base).filter((file) => !file.endsWith('.npmrc'));
    expect(told.filter((file) => readFileSync(join(at.base, file), 'latin1').includes(token))).toEqual([]);
  });

  it('is the one of the workspace’s .npmrc, also where no package.json makes it an npm project', async () => {
    const at = copyPlace(place);
    rmSync(join(at.workspace, 'package.json'));
    registry.answer = registryOf(registry.url, { '1.0.0': tarball });
    await mustRun(at, ['lock', 'fake', '1.0.0']);
  });

  it('is asked for a version once, and never again for what is in the store', async () => {
    const at = copyPlace(place);
    registry.answer = registryOf(registry.url, { '1.0.0': tarball });
    await mustRun(at, ['lock', 'fake', '1.0.0']);
    const after = registry.asked.length;
    await mustRun(at, ['report', 'fake', '1.0.0', '--chain']);
    await mustRun(at, ['acquire', 'fake', '1.0.0']);
    expect(registry.asked.slice(after)).toEqual([]);
    expect(committed(at)['artifacts.lock.json']).not.toContain('127.0.0.1');
  });
});

describe('a binary of the store', () => {
  it.each([
    ['removed', (path: string) => rmSync(path)],
    ['made not executable', (path: string) => chmodSync(path, 0o444)],
    [
      'exchanged',
      (path: string) => {
        rmSync(path);
        writeFileSync(path, 'something else\n', { mode: 0o555 });
      },
    ],
  ])('that was %s is brought again by the next acquire', async (_, tamper) => {
    const place = await makeLockedPlace();
    const { stdout } = await mustRun(place, [...acquire.args, '--json']);
    const [binary] = (JSON.parse(stdout) as { artifacts: { path: string }[] }).artifacts;
    const path = binary?.path ?? '';
    tamper(path);
    await mustRun(place, acquire.args);
    expect(readFileSync(path)).toEqual(readFileSync(hostAsset(place)));
    expect(statSync(path).mode & 0o111).toBe(0o111);
    await expectSoundStore(place);
    expect(leftovers(place)).toEqual([]);
  });

  it('that was exchanged is found by store verify, which names it', async () => {
    const place = await makeLockedPlace();
    const { stdout } = await mustRun(place, [...acquire.args, '--json']);
    const path = (JSON.parse(stdout) as { artifacts: { path: string }[] }).artifacts[0]?.path ?? '';
    rmSync(path);
    writeFileSync(path, 'something else\n', { mode: 0o555 });
    const ran = await run(place, ['store', 'verify', '--json']);
    expectRefusal(ran, { exit: 1, code: 'STORE_ITEM_DAMAGED', names: ['damaged', path] });
  });
});
