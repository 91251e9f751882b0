import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHttpCache } from '@cliparity/acquisition';
import { describeSource } from '@cliparity/testkit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LINUX, listOf, testIo, textOf, WINDOWS, type TestIo } from '../test-support.js';
import { createGithubSource } from './github-source.js';
import githubSource from './index.js';
import type { GithubSettings } from './settings.js';
import { useGithub, type Answer, type Script } from './testing/github-server.js';
import { assetAnswer, releaseAnswer } from './testing/sample-release.js';

const github = useGithub();
const strict = useGithub();
const BYTES = Buffer.from('0123456789');
const SHA256 = 'a'.repeat(64);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliparity-github-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

function sourceAt(url: string, more: Partial<GithubSettings> = {}) {
  const assets = [{ name: 'tool-{target}.tar.gz', member: 'tool-{target}' }];
  const settings = { repository: 'o/tool', api_url: url, assets, ...more };
  return createGithubSource({ settings, cacheFor: () => openHttpCache(join(folder, 'http-cache')) });
}

/** An Io whose clock stands where it is put and whose environment is given. */
function ioAt(seconds: number, env: Readonly<Record<string, string>> = {}): TestIo {
  return { ...testIo(), now: () => new Date(seconds * 1000), env: (name) => env[name] };
}

function bytesOf(range: string | undefined): Answer {
  if (range === undefined) return { body: BYTES, headers: { 'content-length': BYTES.length } };
  const from = Number(/\d+/.exec(range)?.[0]);
  return { status: 206, body: BYTES.subarray(from), headers: { 'content-range': `bytes ${from}-9/10` } };
}

const RELEASE = releaseAnswer('v1.0.0', {
  assets: [
    assetAnswer(7, `tool-${LINUX.id}.tar.gz`, { digest: `sha256:${SHA256}` }),
    assetAnswer(8, `tool-${WINDOWS.id}.tar.gz`, { state: 'starter' }),
  ],
});
const STATEMENT = {
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: { runDetails: { builder: { id: 'https://ci.example/release.yml' } } },
};
const ATTESTED = {
  attestations: [
    {
      repository_id: 42,
      bundle: {
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        dsseEnvelope: {
          payload: Buffer.from(JSON.stringify(STATEMENT)).toString('base64'),
          payloadType: 'application/vnd.in-toto+json',
          signatures: [],
        },
      },
    },
  ],
};
const good: Script = ({ name, params, headers }) => {
  if (name === 'list-releases') return { body: [RELEASE] };
  if (name === 'release-by-tag') return params[2] === 'v1.0.0' ? { body: RELEASE } : undefined;
  if (name === 'repository') return { body: { id: 42, name: 'tool', full_name: 'o/tool', private: false } };
  if (name === 'attestations') return params[2] === `sha256:${SHA256}` ? { body: ATTESTED } : undefined;
  return bytesOf(headers.range);
};

let contractUrl: string;
beforeEach(async () => {
  contractUrl = (await github.start(good)).url;
});
describeSource('github-releases', {
  source: () => sourceAt(contractUrl),
  io: testIo,
  targets: [LINUX, WINDOWS],
  version: '1.0.0',
});

describe('the table', () => {
  it('is kept in all that the contract of sources asks', () => github.noViolations());
  it('refuses paths, queries, fields, headers and statuses that it does not list', async () => {
    const own = strict;
    const server = await own.start(({ name }) =>
      name === 'list-releases' ? { body: [{ ...RELEASE, sparkle: 1 }] } : { status: 418 },
    );
    const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
    const ask = async (path: string): Promise<unknown> =>
      testIo()
        .fetch(server.url + path, { headers })
        .then(
          ({ status }) => status,
          ({ status }: { status: unknown }) => status,
        );
    expect(await ask('/repos/o/tool/releases')).toBe(501);
    expect(await ask('/repos/o/tool/releases?direction=up')).toBe(501);
    expect(await ask('/repos/o/tool/releases/latest')).toBe(501);
    expect(await ask('/repos/o/tool/releases/tags/v1')).toBe(501);
    expect(own.violations.join('\n')).toMatch(/sparkle[^]*direction[^]*path is not in the table[^]*418/);
  });
});

describe('releases', () => {
  it('come page by page, and no page is asked for in vain', async () => {
    const server = await github.start(({ query }) => {
      const page = Number(query.get('page') ?? 1);
      const next = `<${server.url}/repos/o/tool/releases?per_page=30&page=${page + 1}>; rel="next"`;
      const body = [releaseAnswer(`v${9 - page}.0.0`), releaseAnswer('website-1'), releaseAnswer('v8.0.0')];
      return { body, headers: page < 3 ? { link: next } : {} };
    });
    const source = sourceAt(server.url);
    for await (const release of source.releases(ioAt(0))) {
      expect(release.version).toBe('8.0.0');
      break;
    }
    expect(server.requests).toHaveLength(1);
    const versions = (await listOf(source.releases(ioAt(0)))).map((release) => release.version);
    expect(versions).toEqual(['8.0.0', '7.0.0', '6.0.0']);
    github.noViolations();
  });
  it('whose next page is elsewhere are not followed there', async () => {
    const server = await github.start(() => ({ body: [], headers: { link: '<https://evil.example/>; rel="next"' } }));
    const all = listOf(sourceAt(server.url).releases(ioAt(0)));
    await expect(all).rejects.toMatchObject({ code: 'GITHUB_ANSWER_INVALID' });
  });
  it.each(['<html>', '{}', '[{}]'])('are not what %s says', async (body) => {
    const server = await github.start(() => ({ body: Buffer.from(body) }));
    const all = listOf(sourceAt(server.url).releases(ioAt(0)));
    await expect(all).rejects.toMatchObject({ code: 'GITHUB_ANSWER_INVALID', exitCode: 3 });
  });
});

describe('assets', () => {
  it('carry locator, size and the digest that the API gives', async () => {
    const server = await github.start(good);
    const io = ioAt(0);
    expect(await sourceAt(server.url).assets('1.0.0', [LINUX, WINDOWS], io)).toEqual([
      {
        target: LINUX.id,
        locator: `${server.url}/o/tool/releases/download/v1.0.0/tool-${LINUX.id}.tar.gz`,
        name: `tool-${LINUX.id}.tar.gz`,
        size: 10,
        digests: { sha256: SHA256 },
        kind: 'file',
        format: 'tar.gz',
        member: `tool-${LINUX.id}`,
        provenance: {
          repository: 'o/tool',
          repository_id: 42,
          asset_id: 7,
          stated_sha256: SHA256,
          attestations: [{ predicate_type: STATEMENT.predicateType, builder: 'https://ci.example/release.yml' }],
        },
      },
    ]);
    github.noViolations();
    expect(io.notes).toEqual([expect.stringContaining(WINDOWS.id)]);
  });
  it('are vouched for as far as the API tells this token', async () => {
    const silent: Script = (question) => (question.name === 'attestations' ? { status: 403 } : good(question));
    const older: Script = (question) => (question.name === 'repository' ? undefined : silent(question));
    for (const [script, provenance, notes] of [
      [silent, { repository: 'o/tool', repository_id: 42 }, 1],
      [older, {}, 1],
    ] as const) {
      const io = ioAt(0);
      const [asset] = await sourceAt((await github.start(script)).url).assets('1.0.0', [LINUX], io);
      expect(asset?.provenance).toEqual({ ...provenance, asset_id: 7, stated_sha256: SHA256 });
      expect(io.notes.filter((note) => note.includes('vouches'))).toHaveLength(notes);
    }
    const limited: Script = (question) =>
      question.name === 'attestations'
        ? { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' } }
        : good(question);
    const all = sourceAt((await github.start(limited)).url).assets('1.0.0', [LINUX], ioAt(0));
    await expect(all).rejects.toMatchObject({ code: 'GITHUB_RATE_LIMITED' });
  });
  it('are opened without API and token', async () => {
    const server = await github.start(good);
    const source = sourceAt(server.url);
    const locator = `${server.url}/o/tool/releases/download/v1.0.0/x`;
    const whole = await source.open(locator, 0, ioAt(0, { GITHUB_TOKEN: 'ghp_secret' }));
    expect([whole.start, whole.total, await textOf(whole.body)]).toEqual([0, 10, '0123456789']);
    const rest = await source.open(locator, 4, ioAt(0));
    expect([rest.start, await textOf(rest.body)]).toEqual([4, '456789']);
    expect(server.requests.every(({ url }) => url.includes('/download/'))).toBe(true);
    github.noViolations();
    await expect(source.open('https://other.example/x', 0, ioAt(0))).rejects.toMatchObject({ code: 'LOCATOR_UNKNOWN' });
  });
  it('of a private repository are opened by way of the API, when there is a token', async () => {
    const server = await github.start((question) => {
      if (question.name === 'download') return undefined;
      if (question.headers.authorization !== 'Bearer ghp_secret') return undefined;
      return question.name === 'release-asset' && question.params[2] !== '7' ? undefined : good(question);
    });
    const source = sourceAt(server.url);
    const locator = `${server.url}/o/tool/releases/download/v1.0.0/tool-${LINUX.id}.tar.gz`;
    await expect(source.open(locator, 0, ioAt(0))).rejects.toMatchObject({ code: 'HTTP_STATUS', status: 404 });
    const bytes = await source.open(locator, 2, ioAt(0, { CLIPARITY_TOKEN: 'ghp_secret' }));
    expect([bytes.start, await textOf(bytes.body)]).toEqual([2, '23456789']);
    github.noViolations();
  });
});

describe('tokens', () => {
  const ALL = { CLIPARITY_TOKEN: 'ghp_one', MINE: 'topsecret', GITHUB_TOKEN: 'github_pat_three' };
  it.each([
    [ALL, 'ghp_one', 'the token ghp_*** of CLIPARITY_TOKEN'],
    [{ ...ALL, CLIPARITY_TOKEN: ' ' }, 'topsecret', 'the token *** of MINE'],
    [{ GITHUB_TOKEN: 'github_pat_three' }, 'github_pat_three', 'the token github_pat_*** of GITHUB_TOKEN'],
  ])('of %j: %s wins, is said once and masked', async (env, token, said) => {
    const server = await github.start(good);
    const io = ioAt(0, env);
    const source = sourceAt(server.url, { token_env: 'MINE' });
    await listOf(source.releases(io));
    await source.assets('1.0.0', [LINUX], io);
    const sent = server.requests.map(({ headers }) => headers.authorization);
    expect(sent).toEqual(new Array(4).fill(`Bearer ${token}`));
    expect(io.notes).toEqual([expect.stringContaining(said)]);
    expect(io.notes.join()).not.toContain(token);
    expect(io.secrets).toContain(token);
  });
  it.each(['ghp_one\nghp_two', '“ghp_one”', 'ghp one'])(
    'that are none (%j) are refused before they are sent',
    async (token) => {
      const server = await github.start(good);
      const all = listOf(sourceAt(server.url).releases(ioAt(0, { GITHUB_TOKEN: token })));
      const told = { code: 'GITHUB_TOKEN_REFUSED', where: 'GITHUB_TOKEN', message: expect.not.stringContaining('ghp') };
      await expect(all).rejects.toMatchObject(told);
      expect(server.requests).toEqual([]);
    },
  );
});

describe('answers that are kept', () => {
  const tagged: Script = ({ headers }) =>
    headers['if-none-match'] === '"1"' ? { status: 304 } : { body: [RELEASE], headers: { etag: '"1"' } };
  it('are believed while young, asked about by ETag later', async () => {
    const server = await github.start(tagged);
    const count = async (seconds: number): Promise<number> => {
      expect(await listOf(sourceAt(server.url).releases(ioAt(seconds)))).toHaveLength(1);
      return server.requests.length;
    };
    expect([await count(1000), await count(1059), await count(1061), await count(1100)]).toEqual([1, 1, 2, 2]);
    expect(server.requests[1]?.headers['if-none-match']).toBe('"1"');
    github.noViolations();
  });
  it('are not shared between tokens', async () => {
    const server = await github.start(tagged);
    await listOf(sourceAt(server.url).releases(ioAt(0, { GITHUB_TOKEN: 'one' })));
    await listOf(sourceAt(server.url).releases(ioAt(0)));
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
  });
  it.each([503, 403])('stand when all that comes is %i, said aloud', async (status) => {
    let down = false;
    const server = await github.start((question) => {
      return down
        ? { status, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999' } }
        : tagged(question);
    });
    await listOf(sourceAt(server.url).releases(ioAt(0)));
    down = true;
    const io = ioAt(1000);
    expect(await listOf(sourceAt(server.url).releases(io))).toHaveLength(1);
    expect(io.notes).toEqual([expect.stringContaining('1970-01-01T00:00:00.000Z')]);
  });
  it('do not hide that the repository is gone', async () => {
    let gone = false;
    const server = await github.start((question) => (gone ? undefined : tagged(question)));
    await listOf(sourceAt(server.url).releases(ioAt(0)));
    gone = true;
    const again = listOf(sourceAt(server.url).releases(ioAt(1000)));
    await expect(again).rejects.toMatchObject({ code: 'GITHUB_NOT_FOUND' });
  });
});

describe('refusals', () => {
  const error = { message: 'no', documentation_url: 'https://docs.github.com/rest' };
  const limit = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' };
  const token = { GITHUB_TOKEN: 'ghp_x' };
  const wait = (seconds: string) => ({ 'retry-after': seconds });
  const CASES: readonly { what: string; answer: Answer; env?: Record<string, string>; code: string; remedy: string }[] =
    [
      { what: 'a used-up limit', answer: { status: 403, headers: limit }, code: 'RATE_LIMITED', remedy: '2100-01-01' },
      {
        what: 'a second limit',
        answer: { status: 403, headers: wait('900') },
        code: 'RATE_LIMITED',
        remedy: '900 sec',
      },
      {
        what: '429 with a time',
        answer: { status: 429, headers: wait('901') },
        code: 'RATE_LIMITED',
        remedy: '901 sec',
      },
      { what: '429 without', answer: { status: 429 }, code: 'RATE_LIMITED', remedy: 'CLIPARITY_TOKEN' },
      {
        what: 'a bad token',
        answer: { status: 401, body: error },
        env: token,
        code: 'TOKEN_REFUSED',
        remedy: 'may read',
      },
      { what: 'no right', answer: { status: 403, body: error }, env: token, code: 'TOKEN_REFUSED', remedy: 'may read' },
      { what: 'nothing there', answer: { status: 404, body: error }, code: 'NOT_FOUND', remedy: 'private repository' },
    ];
  it.each(CASES)('$what', async ({ answer, env, code, remedy }) => {
    const server = await github.start(() => answer);
    const all = listOf(sourceAt(server.url).releases(ioAt(0, env)));
    const expected = { code: `GITHUB_${code}`, exitCode: 3, remedy: expect.stringContaining(remedy) };
    await expect(all).rejects.toMatchObject(expected);
    github.noViolations();
  });
  it('that end soon are waited for', async () => {
    const answers: Answer[] = [{ status: 403, headers: { 'retry-after': '3' } }, { status: 500 }, { body: [RELEASE] }];
    const server = await github.start(() => answers.shift());
    expect(await listOf(sourceAt(server.url).releases(ioAt(0)))).toHaveLength(1);
  });
});

describe('the registered source', () => {
  it('keeps answers in the store of the run', async () => {
    const server = await github.start(good);
    const settings: GithubSettings = { repository: 'o/tool', api_url: server.url, assets: [{ name: 'x' }] };
    const store = join(folder, 'store');
    await listOf(githubSource(settings, store).releases(ioAt(0)));
    await listOf(githubSource(settings, store).releases(ioAt(0)));
    expect(server.requests).toHaveLength(1);
    expect(await readdir(join(store, 'http-cache'))).toHaveLength(1);
  });
});
