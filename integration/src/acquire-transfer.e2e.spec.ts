import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { selfSigned } from './support/acquire-certificate.js';
import { inTurn, listenProxy, listenTls, serveRanges, status } from './support/acquire-servers.js';
import { mustRun, run } from './support/command.js';
import { assetPath, HOST_TARGET, makeUpstream } from './support/fake-upstream.js';
import { makePublishedPlace } from './support/finished-place.js';
import { listen, type Loopback } from './support/loopback.js';
import { NPM_SOURCES, packed, registryOf, useRegistry, withDist } from './support/npm-registry.js';
import {
  copyPlace,
  editJson,
  emptyStore,
  makePlace,
  manifestWith,
  put,
  removePlaces,
  type Place,
} from './support/place.js';
import { expectRefusal, expectSoundStore, refuses } from './support/refusals.js';
import { filesBelow } from './support/traces.js';

jest.setTimeout(180_000);

afterAll(removePlaces);
const args = ['acquire', 'fake', '1.0.0', '--target', HOST_TARGET] as const;

const sourceAt = (url: string) => [{ use: 'local', settings: { url, name: 'fake', versions: ['1.0.0'] } }];
let mirror: Loopback;
let place: Place;
let bytes: Buffer;
beforeAll(async () => {
  mirror = await listen();
  place = await makePublishedPlace();
  bytes = readFileSync(assetPath(place.upstream, '1.0.0', HOST_TARGET));
  put(join(place.root, 'cliparity.json'), manifestWith({ sources: sourceAt(mirror.url) }));
  mirror.answer = serveRanges(bytes);
  await mustRun(place, ['lock', 'fake', '1.0.0']);
  emptyStore(place);
  // One more try and no four: what is waited between them is shown where the client is tested.
  put(join(place.workspace, 'package.json'), { private: true });
  put(join(place.workspace, '.npmrc'), 'fetch-retries=1\n');
});
afterAll(() => mirror.close());
const answer = (make: () => Loopback['answer']) => () => {
  mirror.answer = make();
};

/** The place with its lock and sources moved to another address. */
function movedTo(url: string, more: object = {}): Place {
  const at = copyPlace(place);
  const [source] = sourceAt(url);
  const sources = [{ ...source, settings: { ...source?.settings, ...more } }];
  put(join(at.root, 'cliparity.json'), manifestWith({ sources }));
  editJson<{ artifacts: { locator: string }[] }>(join(at.root, 'artifacts.lock.json'), ({ artifacts }) => {
    for (const entry of artifacts) entry.locator = entry.locator.replace(mirror.url, url);
  });
  return at;
}

describe('a server that does not give what is asked for', () => {
  const refused = { args, exit: 3 } as const;
  refuses(
    () => place,
    [
      { ...refused, what: '403', arrange: answer(() => status(403)), code: 'HTTP_STATUS', names: ['403', 'rights'] },
      {
        ...refused,
        what: '429 for an hour',
        arrange: answer(() => status(429, { 'retry-after': '3600' })),
        code: 'HTTP_STATUS',
        names: ['429', '3600 seconds'],
      },
      { ...refused, what: '429 for ever', arrange: answer(() => status(429)), code: 'HTTP_STATUS', names: ['429'] },
      {
        ...refused,
        what: 'a web page with status 200',
        arrange: answer(() => status(200, { 'content-type': 'text/html' })),
        code: 'HTTP_NOT_AN_ASSET',
        names: ['web page', 'browser'],
      },
      {
        ...refused,
        what: 'a part without saying which',
        arrange: answer(() => status(206)),
        code: 'HTTP_NOT_AN_ASSET',
        names: ['part'],
      },
      {
        ...refused,
        what: 'chunks that break off',
        arrange: answer(() => (_, response) => void response.write(bytes.subarray(0, 9), () => response.destroy())),
        code: 'NETWORK',
        names: ['127.0.0.1'],
      },
      {
        args,
        exit: 1,
        what: 'another length than pinned',
        arrange: answer(() => (_, response) => void response.writeHead(200, { 'content-length': 5 }).end('12345')),
        code: 'ASSET_SIZE_MISMATCH',
        names: [/pinned with \d+ bytes but has 5/],
      },
      ...(
        [
          ['to http', 'http://example.org/x', 'leaves https'],
          ['to a private address', 'https://10.0.0.1/x', 'private address'],
          ['to the cloud’s own service', 'https://169.254.169.254/latest', 'private address'],
          ['to a private address in disguise', 'https://[::ffff:192.168.0.1]/x', 'private address'],
          ['to another host', 'https://example.org/x', 'redirect_hosts'],
          ['to a file', 'file:///etc/passwd', 'leaves https'],
          ['to nowhere', 'https://[', 'names no address'],
        ] as const
      ).map(([what, location, name]) => ({
        ...refused,
        what: `a redirect ${what}`,
        arrange: answer(() => status(302, { location })),
        code: 'REDIRECT_REFUSED',
        names: [name],
      })),
    ],
  );
});

describe('a server with a bad day', () => {
  const breaksAt =
    (length: number): Loopback['answer'] =>
    (_, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, length), () => response.destroy());
    };
  const slowly: Loopback['answer'] = async (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 20)) {
      response.write(bytes.subarray(at, at + Math.ceil(bytes.length / 20)));
      await new Promise((done) => setTimeout(done, 40));
    }
    response.end();
  };
  it.each<readonly [string, () => Loopback['answer']]>([
    ['500 and then fine', () => inTurn(status(500), serveRanges(bytes))],
    ['429 for a moment', () => inTurn(status(429, { 'retry-after': '0' }), serveRanges(bytes))],
    ['bytes that come slowly, but come', () => slowly],
    ['a reset half way', () => inTurn(breaksAt(bytes.length >> 1), serveRanges(bytes))],
    ['a reset, and then the whole again', () => inTurn(breaksAt(7), (q, r) => r.end(q.url === undefined ? '' : bytes))],
  ])('%s is lived through', async (_, make) => {
    const at = copyPlace(place);
    mirror.answer = make();
    await mustRun(at, args);
    expect(filesBelow(join(at.store, 'partial'))).toEqual([]);
    await expectSoundStore(at);
  });
  it('and no word at all ends with an error of its own, before and after the first byte', async () => {
    // A limit that must not be reached is long: this machine may pause. Only nobody's answer is waited for in vain without harm.
    const impatient = (at: Place, timeout: number): Place => {
      put(join(at.workspace, 'package.json'), { private: true });
      put(join(at.workspace, '.npmrc'), `fetch-timeout=${timeout}\nfetch-retries=0\n`);
      return at;
    };
    const refusal = { exit: 3, code: 'NETWORK_STALLED' } as const;
    mirror.answer = () => undefined;
    const first = impatient(copyPlace(place), 400);
    expectRefusal(await run(first, [...args, '--json']), { ...refusal, names: ['did not answer', 'fetch-timeout'] });
    const half = bytes.length >> 1;
    mirror.answer = (_, response) =>
      void response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, half));
    const second = impatient(copyPlace(place), 3000);
    expectRefusal(await run(second, [...args, '--json']), { ...refusal, names: ['stopped sending'] });
    // What has arrived is kept, and slow bytes are no silence: the limit is on progress.
    let asked: unknown;
    mirror.answer = async (request, response) => {
      asked = request.headers.range;
      response.writeHead(206, { 'content-range': `bytes ${half}-${bytes.length - 1}/${bytes.length}` });
      for (let at = half; at < bytes.length; at += Math.ceil(half / 8)) {
        response.write(bytes.subarray(at, at + Math.ceil(half / 8)));
        await new Promise((done) => setTimeout(done, 450));
      }
      response.end();
    };
    await mustRun(second, args);
    expect(asked).toBe(`bytes=${half}-`);
    await expectSoundStore(second);
  });
  it('that resumes elsewhere than asked is not believed', async () => {
    const at = copyPlace(place);
    const lie: Loopback['answer'] = (_, response) => {
      const range = `bytes 3-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { 'content-range': range }).end(bytes.subarray(3));
    };
    mirror.answer = inTurn(breaksAt(9), lie);
    expectRefusal(await run(at, [...args, '--json']), { exit: 3, code: 'TRUNCATED', names: ['came from 3'] });
    await expectSoundStore(at);
  });
});

describe('the way there', () => {
  const HOST = 'mirror.example.test';
  const certificate = selfSigned(HOST);
  it('through a proxy, to a place whose authority was given', async () => {
    const server = await listenTls(certificate, serveRanges(bytes));
    const proxy = await listenProxy(server.port);
    const at = movedTo(`https://${HOST}`);
    put(join(at.base, 'ca.pem'), certificate.cert);
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NODE_EXTRA_CA_CERTS: join(at.base, 'ca.pem') };
    await mustRun(at, args, { env });
    expect(proxy.tunnels).toEqual([`${HOST}:443`]);
    await Promise.all([server.close(), proxy.close()]);
  });
  it('ends at a proxy that refuses', async () => {
    const at = movedTo(`https://${HOST}`);
    const proxy = await listenProxy('nowhere');
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    const refusal = { exit: 3, code: 'NETWORK', names: [HOST, 'HTTPS_PROXY'] } as const;
    expectRefusal(await run(at, [...args, '--json'], { env }), refusal);
    await proxy.close();
  });
  it('ends at a certificate that nobody vouches for', async () => {
    const server = await listenTls(certificate, serveRanges(bytes));
    const at = movedTo(`https://127.0.0.1:${server.port}`);
    const refusal = { exit: 3, code: 'NETWORK_TLS', names: ['127.0.0.1', 'NODE_EXTRA_CA_CERTS'] } as const;
    expectRefusal(await run(at, [...args, '--json']), refusal);
    await server.close();
  });
  it('ends at a name that leads nowhere', async () => {
    const at = movedTo('https://nowhere.invalid');
    // The guard of the tests refuses the look-up itself, so that no name leaves this machine; this try is meant.
    const env = { NO_PROXY: '*', HTTPS_PROXY: '', CLIPARITY_GUARD_LOG: '' };
    const refusal = { exit: 3, code: 'NETWORK', names: ['nowhere.invalid'] } as const;
    expectRefusal(await run(at, [...args, '--json'], { env }), refusal);
  });
});

describe('a tarball', () => {
  it('whose binary prints another version is not read', async () => {
    const at = makePlace();
    const registry = await useRegistry(at);
    const program = await makeUpstream(join(at.base, 'program'), { version: 'fake 9.9.9\n' });
    registry.answer = registryOf(registry.url, { '1.0.0': await packed(readFileSync(program.path)) });
    await mustRun(at, ['lock', 'fake', '1.0.0']);
    const words = ['snapshot', 'fake', '1.0.0', '--target', HOST_TARGET, '--json'];
    expectRefusal(await run(at, words), { exit: 1, code: 'VERSION_MISMATCH', names: ['9.9.9', '1.0.0'] });
    expect(filesBelow(join(at.root, 'snapshots'))).toEqual([]);
    await expectSoundStore(at);
    await registry.close();
  });
  it('is pinned with who signed it, and a registry that says so no more is found by lock --verify', async () => {
    const at = makePlace();
    const registry = await useRegistry(at);
    const tarball = await packed(readFileSync((await makeUpstream(join(at.base, 'program'))).path));
    const plain = registryOf(registry.url, { '1.0.0': tarball });
    const vouched = {
      signatures: [{ keyid: 'SHA256:key', sig: 'x' }],
      attestations: {
        url: `${registry.url}/-/npm/v1/attestations/fake@1.0.0`,
        provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
      },
    };
    const says = (more: object): Loopback['answer'] => withDist(registry.url, { tarball, more, plain });
    registry.answer = says(vouched);
    const locked = await mustRun(at, ['lock', 'fake', '1.0.0']);
    expect(locked.stdout).toContain('signed by SHA256:key, attested https://slsa.dev/provenance/v1');
    const lock = readFileSync(join(at.root, 'artifacts.lock.json'), 'utf8');
    expect(lock).toContain('"/-/npm/v1/attestations/fake@1.0.0"');
    expect(lock).not.toContain('127.0.0.1');
    await mustRun(at, ['lock', 'fake', '1.0.0', '--verify']);
    registry.answer = plain;
    const ran = await run(at, ['lock', 'fake', '1.0.0', '--verify', '--json']);
    expectRefusal(ran, { exit: 1, code: 'PROVENANCE_MISSING', names: ['SHA256:key', 'slsa'] });
    registry.answer = says({ ...vouched, signatures: [{ keyid: 'SHA256:other', sig: 'y' }] });
    expectRefusal(await run(at, ['lock', 'fake', '1.0.0', '--json']), {
      exit: 1,
      code: 'PROVENANCE_CHANGED',
      names: ['SHA256:other', '--force'],
    });
    expect(readFileSync(join(at.root, 'artifacts.lock.json'), 'utf8')).toBe(lock);
    await registry.close();
  });
});

describe('a token', () => {
  it('stays with the registry when that redirects to another host', async () => {
    const at = makePlace();
    const registry = await useRegistry(at);
    const other = await listen();
    const sources = [{ ...NPM_SOURCES[0], settings: { ...NPM_SOURCES[0]?.settings, redirect_hosts: ['localhost'] } }];
    put(join(at.root, 'cliparity.json'), manifestWith({ sources }));
    const host = registry.url.replace('http:', '');
    put(join(at.workspace, '.npmrc'), `registry=${registry.url}/\n${host}/:_authToken=T0PSECRET\n`);
    const tarball = await packed(readFileSync((await makeUpstream(join(at.base, 'program'))).path));
    const [here, there]: (string | undefined)[][] = [[], []];
    const answers = registryOf(registry.url, { '1.0.0': tarball });
    registry.answer = (request, response) => {
      here?.push(request.headers.authorization);
      if (!request.url?.endsWith('.tgz')) return answers(request, response);
      response.writeHead(302, { location: `${other.url.replace('127.0.0.1', 'localhost')}/t` }).end();
    };
    other.answer = (request, response) => {
      there?.push(request.headers.authorization);
      response.end(tarball);
    };
    const ran = await mustRun(at, ['lock', 'fake', '1.0.0', '--verbose']);
    expect(new Set(here)).toEqual(new Set(['Bearer T0PSECRET']));
    expect(there).toEqual([undefined]);
    expect(ran.stdout + ran.stderr).not.toContain('T0PSECRET');
    await Promise.all([registry.close(), other.close()]);
  });
});
