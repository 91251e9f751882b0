import type { GeneratorCallback, Tree } from '@nx/devkit';
import { hostOf, type Host } from './hosts.js';
import { platformOf } from './platform.js';
import { checkedFolder, GeneratorError } from './plugin-names.js';
import { fillTemplate, readTemplate } from './templates.js';

/** What the user gives the CI generator. */
export interface CiGeneratorOptions {
  readonly provider: 'github' | 'gitlab';
  /** Write where the provider looks, and not to `ci-templates/`. */
  readonly activate?: boolean;
  /** The branch that may write to the shared cache; `main` unless said. */
  readonly branch?: string;
  /** Folder of the roots. */
  readonly manifests?: string;
}

interface RootOfCi {
  readonly cli: string;
  readonly targets: readonly string[];
  /** Whether the wrapper has tests of its own to run. */
  readonly hasTests: boolean;
}
/** A host with the roots’ targets that it runs, as `<root>:<target>`. */
interface Job {
  readonly host: Host;
  readonly pairs: readonly string[];
}

/** Template, file in `ci-templates/<provider>/`, and the place where the provider looks. */
const FILES = {
  github: [
    ['github-cliparity', 'cliparity.yml', '.github/workflows/cliparity.yml'],
    ['github-watch', 'cliparity-watch.yml', '.github/workflows/cliparity-watch.yml'],
    ['github-update', 'cliparity-update.yml', '.github/workflows/cliparity-update.yml'],
  ],
  gitlab: [['gitlab-cliparity', 'cliparity.gitlab-ci.yml', '.gitlab-ci.yml']],
} as const;

function rootOf(tree: Tree, folder: string, cli: string): RootOfCi | undefined {
  const text = tree.read(`${folder}/${cli}/cliparity.json`, 'utf8');
  if (text === null) return undefined;
  try {
    const { targets, wrapper } = JSON.parse(text) as { targets: { expected: string[] }; wrapper?: { test?: string[] } };
    return { cli, targets: targets.expected.map(String), hasTests: (wrapper?.test ?? []).length > 0 };
  } catch (cause) {
    const why = (cause as Error).message;
    const file = `${folder}/${cli}/cliparity.json`;
    throw new GeneratorError('GENERATOR_ROOT_UNREADABLE', `${file}: ${why}.`, 'Correct the file.');
  }
}

function jobsOf(roots: readonly RootOfCi[]): { readonly jobs: readonly Job[]; readonly homeless: readonly string[] } {
  const jobs = new Map<string, Job>();
  const homeless = new Set<string>();
  for (const { cli, targets } of roots) {
    for (const target of targets) {
      const host = hostOf(platformOf(target));
      if (host === undefined) homeless.add(target);
      else jobs.set(host.host, { host, pairs: [...(jobs.get(host.host)?.pairs ?? []), `${cli}:${target}`] });
    }
  }
  return { jobs: [...jobs.values()], homeless: [...homeless] };
}

const tasksOf = ({ pairs }: Job): string =>
  [...new Set(pairs.map((pair) => `snapshot:${pair.slice(pair.indexOf(':') + 1)}`))].join(' ');

/** One matrix entry as lines of YAML: a list item whose keys stand below each other. */
function entry(indent: string, keys: Readonly<Record<string, string>>): string {
  return Object.entries(keys)
    .map(([key, value], at) => `${indent}${at === 0 ? '- ' : '  '}${key}: ${value}`)
    .join('\n');
}

function valuesFor(tree: Tree, roots: readonly RootOfCi[], options: CiGeneratorOptions): Record<string, string> {
  const { jobs } = jobsOf(roots);
  const bin = tree.exists('plugins/nx/bin') ? 'plugins/nx/bin' : 'node_modules/@cliparity/nx/bin';
  const github = jobs.map((job) =>
    entry(' '.repeat(10), {
      host: job.host.host,
      runner: job.host.github,
      tasks: tasksOf(job),
      pairs: job.pairs.join(' '),
    }),
  );
  const gitlab = jobs.map((job) =>
    entry(' '.repeat(6), { RUNNER: job.host.gitlab, TASKS: tasksOf(job), PAIRS: `'${job.pairs.join(' ')}'` }),
  );
  return {
    branch: options.branch ?? 'main',
    manifests: checkedFolder(options.manifests ?? 'cli_manifests'),
    preflight: `${bin}/cache-preflight.mjs`,
    rawHelp: `${bin}/raw-help.mjs`,
    cliList: roots.map(({ cli }) => cli).join(', '),
    testedList: roots
      .filter(({ hasTests }) => hasTests)
      .map(({ cli }) => cli)
      .join(', '),
    githubMatrix: github.join('\n'),
    gitlabMatrix: gitlab.join('\n'),
  };
}

/** Drops the blocks `# if tested … # end` when no root has tests, and the marks themselves. */
function withoutUntested(text: string, tested: boolean): string {
  const block = /^# if tested\n([\s\S]*?)^# end\n/gm;
  return text.replace(block, tested ? '$1' : '');
}

/**
 * Writes the provider’s files for the roots that are there.
 * @throws GeneratorError GENERATOR_NO_ROOTS, GENERATOR_ROOT_UNREADABLE, GENERATOR_FOLDER_OUTSIDE
 */
export function generateCi(tree: Tree, options: CiGeneratorOptions): GeneratorCallback {
  const folder = checkedFolder(options.manifests ?? 'cli_manifests');
  const roots = [...tree.children(folder)].sort().flatMap((cli) => rootOf(tree, folder, cli) ?? []);
  if (roots.length === 0) {
    throw new GeneratorError(
      'GENERATOR_NO_ROOTS',
      `${folder} holds no root.`,
      'Make one first: nx g @cliparity/nx:root NAME.',
    );
  }
  const values = valuesFor(tree, roots, options);
  const written: string[] = [];
  for (const [template, name, place] of FILES[options.provider]) {
    const text = withoutUntested(readTemplate('ci', template) ?? '', values['testedList'] !== '');
    const path = options.activate === true ? place : `ci-templates/${options.provider}/${name}`;
    tree.write(path, fillTemplate(text, 'js', values));
    written.push(path);
  }
  const { homeless } = jobsOf(roots);
  const rest = homeless.map((target) => `No rented machine runs ${target}; bring its snapshots with cliparity import.`);
  return () => void process.stdout.write(`${[...written, ...rest].join('\n')}\n`);
}
