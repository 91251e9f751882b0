import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fakeGithub, type FakeGithub, type FakeRelease } from './support/acquire-github.js';
import { tgzOf } from './support/archives.js';
import { mustRun, run, type Ran } from './support/command.js';
import { HOST_TARGET, makeUpstream, OTHER_TARGET } from './support/fake-upstream.js';
import { listen, type Loopback } from './support/loopback.js';
import { copyPlace, editJson, emptyStore, makePlace, put, removePlaces, type Place } from './support/place.js';
import { expectRefusal, expectSoundStore, refuses, toldBy } from './support/refusals.js';
import { filesBelow } from './support/traces.js';

jest.setTimeout(180_000);

afterAll(removePlaces);

type Entry = { target_triple: string; locator: string; sha256: string; asset_name: string; published_at: string };
const lockOf = (at: Place) =>
  JSON.parse(readFileSync(join(at.root, 'artifacts.lock.json'), 'utf8')) as { artifacts: Entry[] };
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let server: Loopback;
let github: FakeGithub;
let place: Place;
let releases: FakeRelease[];
let asset: Buffer;
beforeAll(async () => {
  server = await listen();
  const assets = [
    { name: `fake-${OTHER_TARGET}.exe`, targets: [OTHER_TARGET], format: 'bare' },
    { name: 'fake-{target}.tar.gz', member: 'fake-{target}' },
  ];
  const settings = { repository: 'o/fake', api_url: server.url, tag: 'rust-v{version}', token_env: 'MY_TOKEN', assets };
  place = makePlace({ sources: [{ use: 'github-releases', settings: { ...settings, fresh_seconds: 0 } }] });
  const program = readFileSync((await makeUpstream(join(place.base, 'program'))).path);
  asset = await tgzOf([{ name: `fake-${HOST_TARGET}`, text: program }]);
  const shipped = [
    { name: `fake-${HOST_TARGET}.tar.gz`, bytes: asset, digest: `sha256:${sha256(asset)}` },
    { name: `fake-${OTHER_TARGET}.exe`, bytes: program },
  ];
  releases = [
    { tag: 'rust-v1.1.0-alpha.1', assets: [], prerelease: true },
    { tag: 'rust-v1.1.0', assets: [], draft: true },
    { tag: 'website-7', assets: [] },
    { tag: 'rust-v1.0.0', assets: shipped },
  ];
  github = fakeGithub(releases);
  server.answer = github.answer;
});
afterAll(() => server.close());

describe('a release at GitHub', () => {
  it('is locked, acquired and linked, and nothing beyond the table was asked', async () => {
    const at = copyPlace(place);
    const env = { GITHUB_TOKEN: 'ghp_third', MY_TOKEN: 'ghp_second' };
    const locked = await mustRun(at, ['lock', 'fake', '1.0.0'], { env });
    expect(locked.stderr).toContain('using the token ghp_*** of MY_TOKEN');
    expect(locked.stdout + locked.stderr).not.toMatch(/ghp_(second|third)/);
    const [other, host] = lockOf(at).artifacts.sort((a, b) => (a.target_triple === OTHER_TARGET ? -1 : b ? 1 : 0));
    expect(host).toMatchObject({
      locator: `${server.url}/o/fake/releases/download/rust-v1.0.0/fake-${HOST_TARGET}.tar.gz`,
      sha256: sha256(asset),
      published_at: '2026-01-02T03:04:05.000Z',
    });
    expect(other?.asset_name).toBe(`fake-${OTHER_TARGET}.exe`);
    emptyStore(at);
    const before = github.asked.length;
    await mustRun(at, ['acquire', 'fake', '1.0.0'], { env });
    // Downloads are of the site and need neither API nor token; both targets have the same binary here.
    expect(github.asked.slice(before)).toEqual([{ name: 'download', authorization: undefined }]);
    const api = github.asked.slice(0, before).filter(({ name }) => name !== 'download');
    expect(new Set(api.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer ghp_second']));
    expect(github.violations).toEqual([]);
    await expectSoundStore(at);
    expect(filesBelow(join(at.store, 'partial'))).toEqual([]);
  });
  it('is verified against upstream', async () => {
    const at = copyPlace(place);
    await mustRun(at, ['lock', 'fake', '1.0.0']);
    await mustRun(at, ['lock', 'fake', '1.0.0', '--verify']);
    await mustRun(at, ['lock', 'fake', '1.0.0', '--check']);
  });
  it('whose asset was exchanged after locking is refused', async () => {
    const at = copyPlace(place);
    await mustRun(at, ['lock', 'fake', '1.0.0']);
    emptyStore(at);
    const [release] = releases.splice(3, 1);
    const swapped = release?.assets.map((one) => ({ ...one, bytes: Buffer.alloc(one.bytes.length) })) ?? [];
    releases.push({ tag: 'rust-v1.0.0', assets: swapped });
    const refusal = { exit: 1, code: 'ASSET_DIGEST_MISMATCH', names: ['sha256'] } as const;
    expectRefusal(await run(at, ['acquire', 'fake', '1.0.0', '--json']), refusal);
    releases.splice(3, 1, release as FakeRelease);
    await expectSoundStore(at);
  });
});

describe('who vouches for an asset', () => {
  const SLSA = 'https://slsa.dev/provenance/v1';
  const found = (ran: Ran): unknown =>
    toldBy(ran).map(({ code, message }) => `${code} ${message.replace(/^.*?: /, '')}`);
  it('is written down by lock, and what changes or disappears is found by lock --verify', async () => {
    const at = copyPlace(place);
    github.attested = [SLSA];
    const first = await mustRun(at, ['lock', 'fake', '1.0.0']);
    expect(first.stdout).toContain(`o/fake, id 1, digest stated, attested ${SLSA}`);
    const text = readFileSync(join(at.root, 'artifacts.lock.json'), 'utf8');
    expect(lockOf(at).artifacts.find(({ target_triple }) => target_triple === HOST_TARGET)).toMatchObject({
      provenance: {
        repository: 'o/fake',
        repository_id: 1,
        asset_id: 1,
        stated_sha256: sha256(asset),
        attestations: [{ predicate_type: SLSA }],
      },
    });
    // The same answers give the same bytes, and the lock needs nobody to be read.
    await mustRun(at, ['lock', 'fake', '1.0.0']);
    expect(readFileSync(join(at.root, 'artifacts.lock.json'), 'utf8')).toBe(text);
    await mustRun(at, ['lock', 'fake', '1.0.0', '--check']);
    await mustRun(at, ['lock', 'fake', '1.0.0', '--verify']);
    expect(github.violations).toEqual([]);

    github.attested = [];
    github.repositoryId = 2;
    const verified = await run(at, ['lock', 'fake', '1.0.0', '--verify', '--json', '--target', HOST_TARGET]);
    expect([verified.exit, found(verified)]).toEqual([
      1,
      [
        'PROVENANCE_CHANGED the repository’s id: 1, now 2',
        `PROVENANCE_MISSING nobody says any more its attestations: {"predicate_type":"${SLSA}"}`,
      ],
    ]);
    const again = await run(at, ['lock', 'fake', '1.0.0', '--json']);
    expectRefusal(again, { exit: 1, code: 'PROVENANCE_CHANGED', names: ['--force', 'now 2'] });
    expect(readFileSync(join(at.root, 'artifacts.lock.json'), 'utf8')).toBe(text);
    await mustRun(at, ['lock', 'fake', '1.0.0', '--force']);
    expect(readFileSync(join(at.root, 'artifacts.lock.json'), 'utf8')).not.toContain(SLSA);
    github.repositoryId = 1;
  });
});

describe('the token for the API', () => {
  const THIRD = { GITHUB_TOKEN: 'ghp_third' };
  const SECOND = { OURS: 'ghp_second', ...THIRD };
  const FIRST = { CLIPARITY_TOKEN: 'ghp_first', ...SECOND };
  it.each([
    ['CLIPARITY_TOKEN', FIRST, 'ghp_first'],
    ['OURS', SECOND, 'ghp_second'],
    ['GITHUB_TOKEN', THIRD, 'ghp_third'],
  ])('is that of %s when there is none before it; the winner is said, masked', async (variable, env, value) => {
    const at = copyPlace(place);
    editJson<{ sources: { settings: { token_env?: string } }[] }>(join(at.root, 'cliparity.json'), ({ sources }) => {
      delete sources[0]?.settings.token_env;
    });
    // The variable is named by the configuration of the workspace, not by the root.
    put(join(at.workspace, 'cliparity.config.json'), { token_env: 'OURS' });
    const before = github.asked.length;
    const ran = await mustRun(at, ['lock', 'fake', '1.0.0', '--target', HOST_TARGET, '--verbose'], { env });
    expect(ran.stderr).toContain(`using the token ghp_*** of ${variable}`);
    expect(ran.stdout + ran.stderr).not.toMatch(/ghp_(first|second|third)/);
    const api = github.asked.slice(before).filter(({ name }) => name !== 'download');
    expect(new Set(api.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${value}`]));
    expect(filesBelow(at.base).filter((file) => readFileSync(join(at.base, file), 'latin1').includes(value))).toEqual(
      [],
    );
  });
  it('and what the API said is kept in the store that the configuration names', async () => {
    const at = copyPlace(place);
    put(join(at.workspace, 'cliparity.config.json'), { store: { path: 'kept' } });
    await mustRun(at, ['lock', 'fake', '1.0.0', '--target', HOST_TARGET]);
    expect(filesBelow(join(at.workspace, 'kept/http-cache')).length).toBeGreaterThan(0);
    expect(filesBelow(join(at.store, 'http-cache'))).toEqual([]);
  });
});

describe('GitHub says no:', () => {
  const lock = { args: ['lock', 'fake', '1.0.0'], exit: 3 } as const;
  const says = (status: number, headers: Record<string, string>) => () => {
    server.answer = (_, response) => void response.writeHead(status, headers).end('{"message":"no"}');
  };
  afterAll(() => {
    server.answer = github.answer;
  });
  refuses(
    () => place,
    [
      {
        ...lock,
        what: 'a limit that is used up',
        arrange: says(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' }),
        code: 'GITHUB_RATE_LIMITED',
        names: ['2100-01-01', 'CLIPARITY_TOKEN'],
      },
      {
        ...lock,
        what: 'a second limit',
        arrange: says(403, { 'retry-after': '600' }),
        code: 'GITHUB_RATE_LIMITED',
        names: ['600 seconds'],
      },
      { ...lock, what: 'no token', arrange: says(401, {}), code: 'GITHUB_TOKEN_REFUSED', names: ['401'] },
      { ...lock, what: 'nothing there', arrange: says(404, {}), code: 'GITHUB_NOT_FOUND', names: ['404', 'private'] },
      {
        ...lock,
        what: 'a web page',
        arrange: () => {
          server.answer = (_, response) => void response.end('<html>');
        },
        code: 'GITHUB_ANSWER_INVALID',
        names: ['api_url'],
      },
    ],
  );
});

describe('two providers of one binary', () => {
  async function withSecond(bytes: Buffer): Promise<Place> {
    server.answer = github.answer;
    const at = copyPlace(place);
    await mustRun(at, ['lock', 'fake', '1.0.0', '--target', HOST_TARGET]);
    const name = `fake-${HOST_TARGET}.tar.gz`;
    releases.push({ tag: 'second-1.0.0', assets: [{ name, bytes }] });
    editJson<{ artifacts: object[] }>(join(at.root, 'artifacts.lock.json'), ({ artifacts }) => {
      const [entry] = artifacts as Entry[];
      const locator = `${server.url}/o/fake/releases/download/second-1.0.0/${name}`;
      const provider = { locator, asset_name: name, sha256: sha256(bytes), size_bytes: bytes.length, format: 'tar.gz' };
      Object.assign(entry ?? {}, { providers: [provider] });
    });
    emptyStore(at);
    const first = releases[3] as FakeRelease;
    releases.splice(3, 1, { tag: 'rust-v1.0.0', assets: [] });
    back = () => void releases.splice(3, releases.length, first);
    return at;
  }
  let back = (): void => undefined;
  const args = ['acquire', 'fake', '1.0.0', '--target', HOST_TARGET] as const;
  it('that agree stand in for each other', async () => {
    const at = await withSecond(asset);
    const ran = await mustRun(at, args);
    expect(ran.stderr).toContain('trying the next provider');
    back();
  });
  it('that disagree are refused, with both chains', async () => {
    const evil = await tgzOf([{ name: 'fake', text: '#!/bin/sh\necho other\n' }]);
    const at = await withSecond(evil);
    const names = ['rust-v1.0.0', 'second-1.0.0', sha256(asset), sha256(evil)];
    expectRefusal(await run(at, [...args, '--json']), { exit: 1, code: 'PROVIDER_DISAGREES', names });
    await expectSoundStore(at);
    back();
  });
});
