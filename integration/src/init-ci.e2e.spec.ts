import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { parse } from 'yaml';
import { mustRun, run } from './support/command.js';
import { HOST_TARGET, makeUpstream, publish } from './support/fake-upstream.js';
import { makeNewPlace } from './support/new-place.js';
import { editJson, removePlaces, type Place } from './support/place.js';
import { makeMachine, type Machine } from './support/shell-steps.js';
import { filesBelow } from './support/traces.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

const INIT = [
  'init',
  '--yes',
  '--path',
  '../upstream',
  '--binary',
  'fake',
  '--dialect',
  'clap',
  '--required',
  HOST_TARGET,
];
const NX = { 'nx.json': { plugins: [] } };

/** The CI files that init writes into place, by path. */
async function written(place: Place, provider: string): Promise<Readonly<Record<string, string>>> {
  await mustRun(place, [...INIT, '--ci', provider, '--activate']);
  const files = filesBelow(place.workspace).filter((file) => file.endsWith('.yml'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(place.workspace, file), 'utf8')]));
}

describe('every command that CI files name', () => {
  const helps = new Map<string, string>();
  let place: Place;
  const helpOf = async (command: string): Promise<string> => {
    const known = helps.get(command);
    if (known !== undefined) return known;
    const { stdout } = await run(place, [command, '--help']);
    const help = stdout.startsWith(`Usage: cliparity ${command} `) ? stdout : '';
    helps.set(command, help);
    return help;
  };
  /** What is wrong with one line after the word cliparity. */
  const problems = async (line: string): Promise<readonly string[]> => {
    const [command = '', ...words] = line.replace(/ (?:>|\|\|).*$/, '').split(' ');
    const help = await helpOf(command);
    if (help === '') return [`${line}: no such command`];
    const needed = /^Usage:.*$/m.exec(help)?.[0].match(/<[a-z]+>/g)?.length ?? 0;
    const options = words.filter((word) => word.startsWith('--'));
    const unknown = options.filter((option) => !new RegExp(`(?:^|\\s)${option}(?:\\s|$)`, 'm').test(help));
    const given = words.filter((word) => !word.startsWith('--')).length;
    return [
      ...unknown.map((option) => `${line}: unknown ${option}`),
      ...(given < needed ? [`${line}: ${needed} arguments are needed`] : []),
    ];
  };
  const cases = ['github', 'gitlab'].flatMap((provider) => [
    [provider, 'without Nx', {}] as const,
    [provider, 'with Nx', NX] as const,
  ]);

  it.each(cases)('%s, %s: exists, with its options and arguments', async (provider, _, files) => {
    place = await makeNewPlace(files);
    await mustRun(place, INIT);
    editJson<{ wrapper: { test: string[] } }>(join(place.root, 'cliparity.json'), ({ wrapper }) => {
      wrapper.test = ['true'];
    });
    // Without a word about the root, what is there stays and only the CI files are written.
    await mustRun(place, ['init', '--yes', '--ci', provider]);
    const text = filesBelow(place.workspace)
      .filter((file) => file.endsWith('.yml'))
      .map((file) => readFileSync(join(place.workspace, file), 'utf8'))
      .join('\n');
    expect(text).toContain(' verify ');
    const lines = [...text.matchAll(/^.*\bnpx (?:--yes )?cliparity(?:@\S+)? (.*)$/gm)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThanOrEqual(5);
    expect((await Promise.all(lines.map(problems))).flat()).toEqual([]);
  });

  it('would be missed', async () => {
    expect(await problems('wathc fake')).toHaveLength(1);
    expect(await problems('watch fake --jsn')).toEqual([expect.stringContaining('unknown --jsn')]);
    expect(await problems('lock fake')).toEqual([expect.stringContaining('2 arguments')]);
  });
});

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly Step[]; readonly env?: Readonly<Record<string, string>> }>
  >;
}
const WHO = {
  GIT_AUTHOR_NAME: 't',
  GIT_AUTHOR_EMAIL: 't@localhost',
  GIT_COMMITTER_NAME: 't',
  GIT_COMMITTER_EMAIL: 't@localhost',
};

/** A place with CI files, version 1.0.0 taken up and pushed, and version 1.1.0 released since. */
async function followed(
  provider: string,
): Promise<{ place: Place; machine: Machine; files: Readonly<Record<string, string>> }> {
  const place = await makeNewPlace();
  const files = await written(place, provider);
  await mustRun(place, ['lock', 'fake', '1.0.0']);
  await mustRun(place, ['report', 'fake', '1.0.0', '--chain']);
  const origin = join(place.base, 'origin.git');
  const git = (...words: string[]) => execa('git', words, { cwd: place.workspace, env: { ...WHO, HOME: place.home } });
  await git('init', '-q', '--bare', '-b', 'main', origin);
  await git('init', '-q', '-b', 'main');
  await git('remote', 'add', 'origin', origin);
  await git('add', '-A');
  await git('commit', '-qm', 'start');
  await git('push', '-q', 'origin', 'main');
  // As on a runner: what the forge is pushed to has an address of its own.
  await git('config', `url.${origin}.insteadOf`, 'https://cliparity:secret@forge.test/me/it.git');
  const { path } = await makeUpstream(join(place.base, 'newer'), { version: 'fake 1.1.0\n' });
  publish(place.upstream, path, '1.1.0');
  return { place, machine: makeMachine(place), files };
}
const pushed = async (place: Place): Promise<string> =>
  (await execa('git', ['--git-dir', join(place.base, 'origin.git'), 'log', '--all', '--format=%D %s'])).stdout;

describe('the steps of GitHub’s files, run', () => {
  let place: Place;
  let machine: Machine;
  let files: Readonly<Record<string, string>>;
  const step = (file: string, job: string, has: string): string => {
    const workflow = parse(files[`.github/workflows/${file}.yml`] ?? '') as Workflow;
    return workflow.jobs[job]?.steps.find(({ run: script }) => script?.includes(has))?.run ?? 'exit 99';
  };
  const INPUTS = { CLI: 'fake', VERSION: '1.1.0', BRANCH: 'cliparity/fake-1.1.0', GITHUB_REF_NAME: 'main', ...WHO };
  beforeAll(async () => {
    ({ place, machine, files } = await followed('github'));
  });

  it('watch finds the release and hands it to the update', async () => {
    const output = join(machine.temp, 'output');
    expect(
      await machine.run(step('cliparity-watch', 'watch', ' watch '), { CLI: 'fake', GITHUB_OUTPUT: output }),
    ).toMatchObject({ exit: 0 });
    expect(readFileSync(output, 'utf8')).toBe('version=1.1.0\n');
    await machine.run(step('cliparity-watch', 'watch', 'gh workflow run'), INPUTS);
    expect(readFileSync(machine.told, 'utf8')).toBe(
      '|gh|workflow|run|cliparity-update.yml|-f|cli=fake|-f|version=1.1.0\n',
    );
    await machine.run('rm watch.json');
  });

  it('update refuses what is no version', async () => {
    const script = step('cliparity-update', 'refuse', 'grep');
    expect(await machine.run(script, { VERSION: '1.1.0' })).toMatchObject({ exit: 0 });
    for (const VERSION of ['v1.1.0', '$(id)', '', '1.1'])
      expect((await machine.run(script, { VERSION })).exit).not.toBe(0);
  });

  it('update pins and captures on a host, and proposes what all hosts made as one pull request', async () => {
    const capture = step('cliparity-update', 'capture', 'for pair');
    const captured = await machine.run(capture, { ...INPUTS, PAIRS: `other:any fake:${HOST_TARGET}` });
    expect(captured).toMatchObject({ exit: 0 });
    // Another job, another checkout: only what was uploaded is there.
    await machine.run(
      'mkdir -p "$RUNNER_TEMP/captured" && cp cli_manifests/fake/snapshots/1.1.0/*.json "$RUNNER_TEMP/captured/"',
    );
    await machine.run('git checkout -q -- . && git clean -fdq');
    const propose = await machine.run(step('cliparity-update', 'propose', ' update '), INPUTS);
    expect({ exit: propose.exit, all: propose.exit === 0 ? '' : propose.all }).toEqual({ exit: 0, all: '' });
    expect(await machine.run(step('cliparity-update', 'propose', 'gh pr create'), INPUTS)).toMatchObject({ exit: 0 });
    expect(await pushed(place)).toContain('cliparity/fake-1.1.0 fake 1.1.0: pins, snapshots and reports');
    expect(readFileSync(machine.told, 'utf8')).toMatch(
      /\|gh\|pr\|create\|--base\|main\|--head\|cliparity\/fake-1\.1\.0\|--title\|fake 1\.1\.0: [^|]+\|--body-file\|/,
    );
  });

  it('update proposes nothing twice', async () => {
    await machine.run('git checkout -q main && git branch -qD cliparity/fake-1.1.0 && rm "$RUNNER_TEMP/body.md"');
    const before = readFileSync(machine.told, 'utf8');
    const again = await machine.run(step('cliparity-update', 'propose', ' update '), INPUTS);
    expect(again).toMatchObject({ exit: 0, all: expect.stringContaining('proposed already') });
    await machine.run(step('cliparity-update', 'propose', 'gh pr create'), INPUTS);
    expect(readFileSync(machine.told, 'utf8')).toBe(before);
  });
});

describe('the script of GitLab’s update, run', () => {
  it('pushes a branch and asks for a merge request', async () => {
    const { place, machine, files } = await followed('gitlab');
    const jobs = parse(files['.gitlab-ci.yml'] ?? '') as Readonly<
      Record<string, { readonly script: readonly string[] }>
    >;
    const forge = {
      CI_SERVER_HOST: 'forge.test',
      CI_PROJECT_PATH: 'me/it',
      CLIPARITY_TOKEN: 'secret',
      CI_DEFAULT_BRANCH: 'main',
    };
    const api = { CI_API_V4_URL: 'https://forge.test/api/v4', CI_PROJECT_ID: '7', CI_JOB_TOKEN: 'job' };
    const env = { ...WHO, ...forge, ...api, CLIPARITY_UPDATE: 'fake', VERSION: '1.1.0' };
    const script = (job: string): string =>
      (jobs[job]?.script ?? ['exit 99']).join('\n').replaceAll('/tmp/', `${machine.temp}/`);
    expect(await machine.run(script('watch'), { ...env, CLI: 'fake' })).toMatchObject({ exit: 0 });
    expect(readFileSync(machine.told, 'utf8')).toContain(
      '|variables[CLIPARITY_UPDATE]=fake|--form|variables[VERSION]=1.1.0|',
    );
    await machine.run('rm watch.json');
    expect(await machine.run(script('capture'), env)).toMatchObject({ exit: 0 });
    const refused = await machine.run(script('update'), { ...env, CLIPARITY_REFUSED: 'a maintainer decides' });
    expect(refused).toMatchObject({ exit: 1, all: 'a maintainer decides' });
    const updated = await machine.run(script('update'), env);
    expect({ exit: updated.exit, all: updated.exit === 0 ? '' : updated.all }).toEqual({ exit: 0, all: '' });
    expect(await pushed(place)).toContain('cliparity/fake-1.1.0 fake 1.1.0: pins');
    expect(readFileSync(machine.told, 'utf8')).toMatch(
      /\|source_branch=cliparity\/fake-1\.1\.0\|.*\|title=fake 1\.1\.0: [^|]+\|.*merge_requests/,
    );
  });
});
