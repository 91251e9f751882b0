import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { mustRun, run, start } from './support/command.js';
import { assetPath, HOST_TARGET, makeUpstream, OTHER_TARGET, PAGES, publish } from './support/fake-upstream.js';
import { copyPlace, editJson, makePlace, manifestWith, put, removePlaces, type Place } from './support/place.js';
import { documentOf, expectRefusal } from './support/refusals.js';
import { committed, leftovers } from './support/traces.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

const WHO = {
  GIT_AUTHOR_NAME: 't',
  GIT_AUTHOR_EMAIL: 't@localhost',
  GIT_COMMITTER_NAME: 't',
  GIT_COMMITTER_EMAIL: 't@localhost',
};
const RUN_PAGE = PAGES.run.replace('      --dry-run  Only say what would be done\n', '      --fast     Do not wait\n');

async function git(place: Place, ...words: string[]): Promise<string> {
  const { stdout } = await execa('git', words, { cwd: place.workspace, env: { ...WHO, HOME: place.home } });
  return stdout;
}
async function publishVersion(place: Place, version: string, pages: object = {}): Promise<void> {
  const folder = join(place.base, `program-${version}`);
  publish(
    place.upstream,
    (await makeUpstream(folder, { version: `fake ${version}\n`, pages: { ...pages } })).path,
    version,
  );
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 50));
}

let base: Place;
beforeAll(async () => {
  base = makePlace();
  put(join(base.workspace, '.gitignore'), '.cliparity/\nupstream/\n');
  await publishVersion(base, '1.0.0');
  await mustRun(base, ['lock', 'fake', '1.0.0']);
  await mustRun(base, ['report', 'fake', '1.0.0', '--chain']);
  await publishVersion(base, '1.1.0', { run: RUN_PAGE });
  await publishVersion(base, '2.0.0-rc.1');
  await git(base, 'init', '-q', '-b', 'main');
  await git(base, 'add', '-A');
  await git(base, 'commit', '-qm', 'start');
});

describe('watch', () => {
  it('names the candidate and what is held back, and writes nothing', async () => {
    const before = committed(base);
    const ran = await run(base, ['watch', 'fake', '--json']);
    expect({ exit: ran.exit, ...documentOf(ran) }).toMatchObject({
      exit: 0,
      kind: 'watched',
      candidate: '1.1.0',
      newest_locked: '1.0.0',
      held: [{ version: '2.0.0-rc.1', reason: 'prerelease' }],
    });
    expect(committed(base)).toEqual(before);
  });
  it('exits 1 for a candidate when asked to, and 0 without one', async () => {
    expect(await run(base, ['watch', 'fake', '--exit-code'])).toMatchObject({ exit: 1 });
    const place = copyPlace(base);
    put(join(place.root, 'cliparity.json'), manifestWith({ release: { policy: 'latest_stable_minus_one' } }));
    const ran = await run(place, ['watch', 'fake', '--exit-code', '--json']);
    expect({ exit: ran.exit, ...documentOf(ran) }).toMatchObject({ exit: 0, candidate: null });
  });
  it('says that the upstream cannot be reached: no candidate would be a lie', async () => {
    const place = copyPlace(base);
    const settings = { package: 'fake', layouts: [{ fits: '*', spec: '{version}', member: 'bin/fake' }] };
    put(join(place.root, 'cliparity.json'), manifestWith({ sources: [{ use: 'npm', settings }] }));
    put(join(place.workspace, '.npmrc'), 'registry=http://127.0.0.1:9/\nfetch-retries=0\n');
    expectRefusal(await run(place, ['watch', 'fake', '--json']), { exit: 3, code: 'NETWORK', names: ['127.0.0.1:9'] });
  });
});

describe('update', () => {
  it('makes one commit of the candidate on a branch, with a text for the pull request', async () => {
    const place = copyPlace(base);
    const body = join(place.base, 'body.md');
    const ran = await run(place, ['update', 'fake', '--branch', '--body', body, '--json'], { env: WHO });
    expect({ exit: ran.exit, ...documentOf(ran) }).toMatchObject({
      exit: 0,
      kind: 'updated',
      status: 'updated',
      version: '1.1.0',
      compared_with: '1.0.0',
      added: ['flag:run/--fast'],
      gone: ['flag:run/--dry-run'],
      missing_targets: [OTHER_TARGET],
      branch: 'cliparity/fake-1.1.0',
    });
    expect(await git(place, 'status', '--porcelain')).toBe('');
    expect(await git(place, 'rev-list', '--count', 'main..cliparity/fake-1.1.0')).toBe('1');
    const files = (await git(place, 'show', '--name-only', '--format=')).split('\n');
    expect(files).toEqual(
      expect.arrayContaining(
        ['artifacts.lock.json', `snapshots/1.1.0/${HOST_TARGET}.json`].map((file) => `cli_manifests/fake/${file}`),
      ),
    );
    expect(files.every((file) => file.startsWith('cli_manifests/fake/'))).toBe(true);
    const message = await git(place, 'log', '-1', '--format=%B');
    expect(message).toMatch(/^fake 1\.1\.0: .*\n\n1 new, 1 gone, 0 changed units since 1\.0\.0\./);
    expect(message).toContain('tests were not run');
    const text = readFileSync(body, 'utf8');
    expect(text).toMatch(/^## fake 1\.1\.0: 1 new/);
    for (const word of ['### Gone', 'run/--dry-run', 'run/--fast', OTHER_TARGET]) expect(text).toContain(word);
  });

  it('says that there is nothing to do: the version is there, or no release is newer', async () => {
    const place = copyPlace(base);
    const again = await run(place, ['update', 'fake', '1.0.0', '--branch', '--json']);
    expect({ exit: again.exit, ...documentOf(again) }).toMatchObject({
      exit: 0,
      status: 'nothing',
      reason: '1.0.0 is there already',
    });
    rmSync(join(place.upstream, '1.1.0'), { recursive: true });
    const none = await run(place, ['update', 'fake', '--json']);
    expect({ exit: none.exit, ...documentOf(none) }).toMatchObject({ exit: 0, status: 'nothing' });
  });

  it('leaves the files in the work tree without --branch, and takes nothing up with --dry-run', async () => {
    const place = copyPlace(base);
    const dry = await run(place, ['update', 'fake', '--branch', '--dry-run', '--json']);
    expect({ exit: dry.exit, ...documentOf(dry) }).toMatchObject({ exit: 0, status: 'planned', version: '1.1.0' });
    expect(await git(place, 'status', '--porcelain')).toBe('');
    expect(await run(place, ['update', 'fake', '1.1.0'])).toMatchObject({ exit: 0 });
    expect(await git(place, 'branch', '--format=%(refname:short)')).toBe('main');
    expect(await git(place, 'status', '--porcelain')).toContain('cli_manifests/fake/snapshots/1.1.0/');
  });

  it('works without a repository, where only a branch needs one', async () => {
    const place = copyPlace(base);
    rmSync(join(place.workspace, '.git'), { recursive: true });
    const asked = await run(place, ['update', 'fake', '--branch', '--json'], {
      env: { GIT_CEILING_DIRECTORIES: place.base },
    });
    expectRefusal(asked, { exit: 2, code: 'GIT_NO_REPOSITORY', names: ['git init'] });
    expect(await run(place, ['update', 'fake'], { env: { GIT_CEILING_DIRECTORIES: place.base } })).toMatchObject({
      exit: 0,
    });
    expect(existsSync(join(place.root, 'reports/1.1.0/coverage.any.json'))).toBe(true);
  });
});

describe('an update that must not be, or fails', () => {
  const cases: readonly {
    readonly what: string;
    readonly args?: readonly string[];
    readonly arrange?: (place: Place) => unknown;
    readonly exit: 1 | 2 | 3;
    readonly code: string;
    readonly names: readonly string[];
  }[] = [
    {
      what: 'min_supported.txt',
      args: ['--update-min-supported'],
      exit: 2,
      code: 'UPDATE_MIN_SUPPORTED_REFUSED',
      names: ['maintainer'],
    },
    { what: 'a version that is none', args: ['v1.1'], exit: 2, code: 'VERSION_INVALID', names: ['v1.1'] },
    { what: 'a version nobody published', args: ['7.0.0'], exit: 3, code: 'RELEASE_UNKNOWN', names: ['7.0.0'] },
    {
      what: 'a work tree with changes',
      arrange: (place) =>
        put(join(place.root, 'wrapper_coverage.json'), { schema_version: 2, wrapper: 'x', coverage: [] }),
      exit: 2,
      code: 'UPDATE_TREE_DIRTY',
      names: ['wrapper_coverage.json'],
    },
    {
      what: 'a branch that is there',
      arrange: (place) => git(place, 'branch', 'cliparity/fake-1.1.0'),
      exit: 2,
      code: 'UPDATE_BRANCH_EXISTS',
      names: ['cliparity/fake-1.1.0'],
    },
    {
      what: 'a release that calls itself by another number, found after it was pinned',
      arrange: (place) => publish(place.upstream, assetPath(place.upstream, '1.0.0', HOST_TARGET), '1.1.0'),
      exit: 1,
      code: 'VERSION_MISMATCH',
      names: ['1.1.0'],
    },
    {
      what: 'a commit that a hook refuses',
      arrange: (place) => {
        const hook = join(place.workspace, '.git/hooks/pre-commit');
        put(hook, '#!/bin/sh\necho not today >&2\nexit 1\n');
        chmodSync(hook, 0o755);
      },
      exit: 3,
      code: 'GIT_FAILED',
      names: ['not today'],
    },
    {
      what: 'a text for the pull request that cannot be written',
      args: ['--body', '.git/HEAD/pr.md'],
      exit: 3,
      code: 'WRITE_FAILED',
      names: ['pr.md'],
    },
    {
      what: 'a snapshot from elsewhere that does not validate afterwards',
      args: ['--snapshots', 'elsewhere'],
      arrange: async (place) => {
        const from = join(place.root, 'snapshots/1.0.0', `${HOST_TARGET}.json`);
        const to = join(place.workspace, 'elsewhere/one.json');
        put(to, readFileSync(from));
        const bytes = readFileSync(assetPath(place.upstream, '1.1.0', OTHER_TARGET));
        editJson<{ binary: Record<string, unknown> }>(to, ({ binary }) =>
          Object.assign(binary, {
            target_triple: OTHER_TARGET,
            semantic_version: '1.1.0',
            sha256: createHash('sha256').update(bytes).digest('hex'),
          }),
        );
        put(join(place.workspace, '.git/info/exclude'), 'elsewhere/\n');
      },
      exit: 1,
      code: 'VERSION_OUTPUT_DIFFERS',
      names: ['1.1.0'],
    },
    {
      what: 'a root that lacks what its report is made from',
      arrange: async (place) => {
        rmSync(join(place.root, 'wrapper_coverage.json'));
        await git(place, 'commit', '-qam', 'broken');
      },
      exit: 2,
      code: 'FILE_MISSING',
      names: ['wrapper_coverage.json'],
    },
  ];
  it.each(cases.map((one) => [one.what, one] as const))(
    '%s: nothing is left of it',
    async (_, { args = [], arrange, ...refusal }) => {
      const place = copyPlace(base);
      await arrange?.(place);
      const before = {
        files: committed(place),
        refs: await git(place, 'for-each-ref'),
        head: await git(place, 'symbolic-ref', 'HEAD'),
      };
      expectRefusal(await run(place, ['update', 'fake', ...args, '--branch', '--json'], { env: WHO }), refusal);
      expect({
        files: committed(place),
        refs: await git(place, 'for-each-ref'),
        head: await git(place, 'symbolic-ref', 'HEAD'),
      }).toEqual(before);
      expect(
        (await git(place, 'status', '--porcelain'))
          .split('\n')
          .filter((line) => line.startsWith('A') || line.startsWith('??')),
      ).toEqual([]);
    },
  );
});

describe('an update that is interrupted', () => {
  it('leaves the root and the branches as they were', async () => {
    const place = copyPlace(base);
    const hangs = await makeUpstream(join(place.base, 'hangs'), {
      version: 'fake 1.1.0\n',
      pages: { run: { behaviour: { kind: 'hang' } } },
    });
    publish(place.upstream, hangs.path, '1.1.0');
    const before = { files: committed(place), refs: await git(place, 'for-each-ref') };
    const { child, ended } = start(place, ['update', 'fake', '--branch'], { env: WHO });
    // The lock is written by then, and a page is waited for.
    await until(async () => (await hangs.runs()).some((line) => line.includes('run')));
    expect(committed(place)).not.toEqual(before.files);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exit: 130 });
    expect({ files: committed(place), refs: await git(place, 'for-each-ref') }).toEqual(before);
    expect(leftovers(place)).toEqual([]);
  });
});
