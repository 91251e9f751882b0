import { describe, expect, it } from '@jest/globals';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { CI_PROVIDERS, ciFiles, type CiProvider } from '@cliparity/steps';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import type { Tree } from '@nx/devkit';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse, parseDocument } from 'yaml';
import { generateCi, type CiGeneratorOptions } from './ci.js';
import { gitlabProblems } from './gitlab-keys.fixture.js';

/** GitLab’s own schema of its pipeline files, as gitlab-ci-local brings it. */
async function gitlabSchema(): Promise<ValidateFunction> {
  const { schema } = (await import('gitlab-ci-local/src/schema/schema.js' as string)) as { schema: object };
  return new Ajv({ strict: false, validateFormats: false }).compile(schema);
}

const EXPECTED = [
  'x86_64-unknown-linux-musl',
  'aarch64-unknown-linux-musl',
  'aarch64-apple-darwin',
  'x86_64-pc-windows-msvc',
  'riscv64gc-unknown-linux-musl',
];

function workspace(test: readonly string[] | undefined = ['npm', 'test']): Tree {
  const tree = createTreeWithEmptyWorkspace();
  const root = (targets: readonly string[], wrapper: object): string =>
    JSON.stringify({ targets: { expected: targets }, wrapper });
  tree.write('cli_manifests/codex/cliparity.json', root(EXPECTED, { name: 'sdk', ...(test.length > 0 && { test }) }));
  tree.write('cli_manifests/claude_code/cliparity.json', root(['linux-x64', 'darwin-arm64'], { name: 'other' }));
  return tree;
}

function rendered(options: CiGeneratorOptions, tree = workspace()): Readonly<Record<string, string>> {
  generateCi(tree, options);
  const files = tree.listChanges().filter(({ path }) => /\.ya?ml$/.test(path));
  return Object.fromEntries(files.map(({ path, content }) => [path, String(content)]));
}

async function githubErrors(name: string, content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const parsed = context.errors.getErrors().map(({ message }) => message);
  if (parsed.length > 0 || value === undefined) return parsed;
  const { errors = [] } = await convertWorkflowTemplate(context, value);
  return errors.map(({ Message }) => Message);
}

describe('for GitHub', () => {
  const files = rendered({ provider: 'github' });

  it('writes three workflows to ci-templates, where nothing runs', () => {
    expect(Object.keys(files).sort()).toEqual([
      'ci-templates/github/cliparity-update.yml',
      'ci-templates/github/cliparity-watch.yml',
      'ci-templates/github/cliparity.yml',
    ]);
  });

  it.each(Object.entries(files))('%s is what the provider’s own parser accepts', async (name, text) => {
    expect(await githubErrors(name, text)).toEqual([]);
    expect(text).not.toMatch(/\{\{\w+\}\}|# if |# end/);
  });

  it('would notice a workflow that is none', async () => {
    const name = 'ci-templates/github/cliparity-update.yml';
    const text = files[name] ?? '';
    expect(await githubErrors(name, text.replace('runs-on:', 'runs_on:'))).not.toEqual([]);
    expect(await githubErrors(name, text.replace('${{ inputs.cli }}', '${{ inputs.cli == }}'))).not.toEqual([]);
  });

  it('has a matrix over the targets’ hosts, each with its tasks', () => {
    const { jobs } = parse(files['ci-templates/github/cliparity.yml'] ?? '') as {
      jobs: {
        snapshot: { strategy: { matrix: { include: Record<string, string>[] } } };
        verify: { strategy: unknown };
      };
    };
    expect(jobs.snapshot.strategy.matrix.include).toEqual([
      {
        host: 'linux-x86_64',
        runner: 'ubuntu-24.04',
        files:
          'cli_manifests/claude_code/snapshots/*/linux-x64.json\ncli_manifests/codex/snapshots/*/x86_64-unknown-linux-musl.json\n',
        tasks: 'snapshot:linux-x64 snapshot:x86_64-unknown-linux-musl',
        pairs: 'claude_code:linux-x64 codex:x86_64-unknown-linux-musl',
      },
      expect.objectContaining({
        runner: 'macos-15',
        host: 'macos-aarch64',
        tasks: 'snapshot:darwin-arm64 snapshot:aarch64-apple-darwin',
      }),
      expect.objectContaining({ runner: 'ubuntu-24.04-arm' }),
      expect.objectContaining({ runner: 'windows-2025' }),
    ]);
    expect(jobs.verify.strategy).toEqual({ 'fail-fast': false, matrix: { cli: ['codex'] } });
  });

  it('hands on the snapshots of a host’s own targets: those of the others may be older than what they make', () => {
    type Steps = { steps: { with?: { name?: string; path?: string } }[] };
    const { jobs } = parse(files['ci-templates/github/cliparity.yml'] ?? '') as { jobs: { snapshot: Steps } };
    const upload = jobs.snapshot.steps.find((step) => step.with?.name?.startsWith('snapshots-'));
    expect(upload?.with?.path).toBe('${{ matrix.files }}\ncli_manifests/*/cliparity.json\n');
  });

  it('gives pull requests the token that reads, and asks the pre-flight first', () => {
    const text = files['ci-templates/github/cliparity.yml'] ?? '';
    expect(text).toContain(
      "github.event_name != 'pull_request' && secrets.NX_CACHE_WRITE_TOKEN || secrets.NX_CACHE_READ_TOKEN",
    );
    for (const line of text.split('\n').filter((one) => /\bnx \$SCOPE/.test(one))) {
      expect(line).toContain('node "$PREFLIGHT" npx nx');
    }
    expect(text).toContain('affected --base=origin/');
  });

  it('puts nothing that somebody else wrote into a script', () => {
    for (const text of Object.values(files)) {
      const scripts = text.split('\n').filter((line) => /^\s*(?:- )?run: /.test(line) || /^ {10,}\S/.test(line));
      expect(scripts.filter((line) => /run:.*\$\{\{ (?:inputs|github\.(?:event|head_ref))/.test(line))).toEqual([]);
    }
  });

  it('dispatches the update with a version, which refuses update_min_supported', () => {
    expect(files['ci-templates/github/cliparity-watch.yml']).toMatch(/cliparity-update\.yml .*-f version=/);
    const { on, jobs } = parse(files['ci-templates/github/cliparity-update.yml'] ?? '') as {
      on: { workflow_dispatch: { inputs: Record<string, object> } };
      jobs: { refuse: { steps: { if?: string; run?: string }[] } };
    };
    expect(Object.keys(on.workflow_dispatch.inputs)).toEqual(['cli', 'version', 'update_min_supported']);
    expect(jobs.refuse.steps[0]).toMatchObject({
      if: '${{ inputs.update_min_supported }}',
      run: expect.stringContaining('exit 1'),
    });
  });

  it('runs due every day', () => {
    const { on } = parse(files['ci-templates/github/cliparity-watch.yml'] ?? '') as {
      on: { schedule: { cron: string }[] };
    };
    expect(on.schedule[0]?.cron).toMatch(/^\d+ \d+ \* \* \*$/);
    expect(files['ci-templates/github/cliparity-watch.yml']).toContain('run: npx cliparity due');
  });

  it('writes in place when asked to, and leaves tests out that nobody has', () => {
    const active = rendered({ provider: 'github', activate: true }, workspace([]));
    expect(Object.keys(active).sort()[0]).toBe('.github/workflows/cliparity-update.yml');
    expect(parse(active['.github/workflows/cliparity.yml'] ?? '')).not.toHaveProperty('jobs.verify');
  });
});

describe('for GitLab', () => {
  const text = rendered({ provider: 'gitlab' })['ci-templates/gitlab/cliparity.gitlab-ci.yml'] ?? '';

  it('is valid by the schema that GitLab publishes', async () => {
    const check = await gitlabSchema();
    expect({ ok: check(parse(text)), errors: check.errors }).toEqual({ ok: true, errors: null });
    expect(check(parse(text.replace('resource_group:', 'ressource_group:')))).toBe(false);
    expect(check(parse(text.replace(/^ {2}script:/m, '  scripts:')))).toBe(false);
  });

  it('is YAML of known keys, with jobs that know each other (which the schema cannot say)', () => {
    const document = parseDocument(text);
    expect([...document.errors, ...document.warnings]).toEqual([]);
    expect(gitlabProblems(document.toJS())).toEqual([]);
  });

  it('would notice a job that is none', () => {
    expect(gitlabProblems(parse(text.replace('resource_group:', 'ressource_group:')))).toHaveLength(1);
    expect(gitlabProblems(parse(text.replace('- job: snapshot', '- job: snap')))).toHaveLength(1);
    expect(gitlabProblems(parse(text.replace('stage: report', 'stage: reports')))).toHaveLength(1);
  });

  it('has the jobs that GitHub has', () => {
    const jobs = parse(text) as Record<string, { parallel?: { matrix: object[] } }>;
    expect(Object.keys(jobs)).toEqual(
      expect.arrayContaining(['snapshot', 'report', 'verify', 'due', 'watch', 'update']),
    );
    expect(jobs['snapshot']?.parallel?.matrix).toHaveLength(4);
    expect(jobs['snapshot']?.parallel?.matrix[0]).toMatchObject({ TARGETS: '{linux-x64,x86_64-unknown-linux-musl}' });
    expect(text).toContain("- 'cli_manifests/*/snapshots/*/$TARGETS.json'");
    expect(rendered({ provider: 'gitlab', activate: true })).toHaveProperty(['.gitlab-ci.yml']);
  });
});

describe('without Nx', () => {
  const roots = [
    { cli: 'codex', targets: EXPECTED, hasTests: true },
    { cli: 'claude_code', targets: ['linux-x64'], hasTests: false },
  ];
  const plain = (provider: CiProvider): Readonly<Record<string, string>> => {
    const request = { provider, roots, manifests: 'roots', branch: 'main', activate: false, nx: undefined };
    const { files } = ciFiles({ ...request, version: '1.2.3', by: 'cliparity init' });
    return Object.fromEntries(files.map(({ path, text }) => [path, text]));
  };

  it.each(Object.entries(plain('github')))('%s is what the provider’s own parser accepts', async (name, text) => {
    expect(await githubErrors(name, text)).toEqual([]);
    expect(text).not.toMatch(/\{\{\w+\}\}|# if |# end/);
  });
  it('is what GitLab’s schema accepts', async () => {
    const [text = ''] = Object.values(plain('gitlab'));
    expect(gitlabProblems(parse(text))).toEqual([]);
    expect((await gitlabSchema())(parse(text))).toBe(true);
    expect(text).not.toMatch(/\{\{\w+\}\}|# if |# end/);
  });
  it.each(CI_PROVIDERS)('needs no package of the repository, and says which version runs (%s)', (provider) => {
    const text = Object.values(plain(provider)).join('\n');
    expect(text).not.toMatch(/\bnx\b|npm ci|node_modules|cache: npm/);
    expect(text.match(/npx .*/g)?.every((line) => line.startsWith('npx --yes cliparity@1.2.3 '))).toBe(true);
  });
  it('has one job a root and host', () => {
    const { jobs } = parse(plain('github')['ci-templates/github/cliparity.yml'] ?? '') as {
      jobs: { snapshot: { strategy: { matrix: { include: Record<string, string>[] } } } };
    };
    expect(jobs.snapshot.strategy.matrix.include.map(({ host, targets }) => [host, targets])).toEqual([
      ['codex-linux-x86_64', '--target x86_64-unknown-linux-musl'],
      ['claude_code-linux-x86_64', '--target linux-x64'],
      ['codex-linux-aarch64', '--target aarch64-unknown-linux-musl'],
      ['codex-macos-aarch64', '--target aarch64-apple-darwin'],
      ['codex-windows-x86_64', '--target x86_64-pc-windows-msvc'],
    ]);
  });
});

describe('other package managers', () => {
  it.each([
    ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
    ['yarn.lock', 'yarn install --immutable'],
  ])('installs as %s says', (lock, words) => {
    const tree = workspace();
    tree.write(lock, '');
    const text = Object.values(rendered({ provider: 'github' }, tree)).join('\n');
    expect(text).toContain(words);
    expect(text).not.toMatch(/npm ci|cache: npm/);
  });
});

describe('bad input', () => {
  it('is named: no root, a root that is no JSON, a folder outside', () => {
    expect(() => generateCi(createTreeWithEmptyWorkspace(), { provider: 'github' })).toThrow(/GENERATOR_NO_ROOTS/);
    const tree = workspace();
    tree.write('cli_manifests/bad/cliparity.json', '{');
    expect(() => generateCi(tree, { provider: 'github' })).toThrow(
      /GENERATOR_ROOT_UNREADABLE: cli_manifests\/bad\/cliparity\.json/,
    );
    tree.write('cli_manifests/bad/cliparity.json', '{}');
    expect(() => generateCi(tree, { provider: 'github' })).toThrow(/bad\/cliparity\.json: it lacks targets\.expected/);
    expect(() => generateCi(tree, { provider: 'github', manifests: '../x' })).toThrow(/GENERATOR_FOLDER_OUTSIDE/);
  });
});
