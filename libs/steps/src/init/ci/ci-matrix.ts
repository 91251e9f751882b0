import { hostOf, type Host } from './hosts.js';
import { platformOf } from './platform.js';

/** What CI files need to know of a root. */
export interface RootOfCi {
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

function jobsOf(roots: readonly RootOfCi[]): readonly Job[] {
  const jobs = new Map<string, Job>();
  for (const { cli, targets } of roots) {
    for (const target of targets) {
      const host = hostOf(platformOf(target));
      if (host === undefined) continue;
      jobs.set(host.host, { host, pairs: [...(jobs.get(host.host)?.pairs ?? []), `${cli}:${target}`] });
    }
  }
  return [...jobs.values()];
}

/** Targets that nobody rents a machine out for. */
export const homelessTargets = (roots: readonly RootOfCi[]): readonly string[] => [
  ...new Set(roots.flatMap(({ targets }) => targets).filter((target) => hostOf(platformOf(target)) === undefined)),
];

/** One matrix entry as lines of YAML: a list item whose keys stand below each other. */
function entry(indent: number, keys: Readonly<Record<string, string>>): string {
  const blank = ' '.repeat(indent);
  return Object.entries(keys)
    .map(([key, value], at) => `${blank}${at === 0 ? '- ' : '  '}${key}: ${value}`)
    .join('\n');
}

/** A text of several lines as the value of a key of such an entry. */
const lines = (indent: number, texts: readonly string[]): string =>
  ['|', ...texts.map((text) => `${' '.repeat(indent + 4)}${text}`)].join('\n');

const GITHUB_INDENT = 10;
const GITLAB_INDENT = 6;
const targetIn = (pair: string): string => pair.slice(pair.indexOf(':') + 1);
const tasksOf = ({ pairs }: Job): string => [...new Set(pairs.map((pair) => `snapshot:${targetIn(pair)}`))].join(' ');
/** Without Nx a job is one root on one host. */
const byRoot = (jobs: readonly Job[]): readonly (Job & { readonly cli: string })[] =>
  jobs.flatMap((job) => {
    const clis = [...new Set(job.pairs.map((pair) => pair.slice(0, pair.indexOf(':'))))];
    return clis.map((cli) => ({ ...job, cli, pairs: job.pairs.filter((pair) => pair.startsWith(`${cli}:`)) }));
  });
/** A host hands on the snapshots of its own targets alone: of the others it has what is committed, which may be older than what they make. */
const filesOf = ({ pairs }: Job, manifests: string): readonly string[] =>
  pairs.map((pair) => `${manifests}/${pair.slice(0, pair.indexOf(':'))}/snapshots/*/${targetIn(pair)}.json`);
/** The same as one alternative of names, which GitLab’s patterns know. */
function alternative(targets: readonly string[]): string {
  const names = [...new Set(targets)];
  return names.length === 1 ? `${names[0] ?? ''}` : `'{${names.join(',')}}'`;
}
const targetWords = ({ pairs }: Job): string => pairs.map((pair) => `--target ${targetIn(pair)}`).join(' ');

/** The matrices of a provider’s files: what captures, and which hosts there are. */
export interface CiMatrices {
  readonly matrix: string;
  readonly hostMatrix: string;
}

/** For GitHub: one entry a host with its Nx tasks, or one a root and host with its `--target` words. */
export function githubMatrices(roots: readonly RootOfCi[], nx: boolean, manifests: string): CiMatrices {
  const jobs = jobsOf(roots);
  const line = (keys: Readonly<Record<string, string>>) => entry(GITHUB_INDENT, keys);
  const own = (job: Job) => ({ runner: job.host.github, files: lines(GITHUB_INDENT, filesOf(job, manifests)) });
  const runs = nx
    ? jobs.map((job) => line({ host: job.host.host, ...own(job), tasks: tasksOf(job), pairs: job.pairs.join(' ') }))
    : byRoot(jobs).map((job) =>
        line({ host: `${job.cli}-${job.host.host}`, ...own(job), cli: job.cli, targets: targetWords(job) }),
      );
  const hosts = jobs.map(({ host, pairs }) => line({ host: host.host, runner: host.github, pairs: pairs.join(' ') }));
  return { matrix: runs.join('\n'), hostMatrix: hosts.join('\n') };
}

/** The same for GitLab, where a matrix holds variables. */
export function gitlabMatrices(roots: readonly RootOfCi[], nx: boolean): CiMatrices {
  const jobs = jobsOf(roots);
  const line = (keys: Readonly<Record<string, string>>) => entry(GITLAB_INDENT, keys);
  const own = (job: Job) => ({ RUNNER: job.host.gitlab, TARGETS: alternative(job.pairs.map(targetIn)) });
  const runs = nx
    ? jobs.map((job) => line({ ...own(job), TASKS: tasksOf(job), PAIRS: `'${job.pairs.join(' ')}'` }))
    : byRoot(jobs).map((job) => line({ ...own(job), CLI: job.cli }));
  return { matrix: runs.join('\n'), hostMatrix: jobs.map(({ host }) => line({ RUNNER: host.gitlab })).join('\n') };
}
