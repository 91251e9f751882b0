import { isAbsolute, join, relative, resolve } from 'node:path';
import { safeName } from '@cliparity/manifest-store';
import { didYouMean, UsageError } from '@cliparity/model';
import { CI_PROVIDERS, type CiProvider } from './ci/index.js';
import type { Place } from './init-detect.js';
import { programsOf, type PackageFacts } from './init-npm.js';

export const INIT_SOURCES = ['npm', 'github-releases', 'local'] as const;
export type InitSource = (typeof INIT_SOURCES)[number];

/** Everything the wizard can ask for, as options. */
export interface InitRequest {
  readonly name?: string | undefined;
  readonly source?: string | undefined;
  /** npm: the package. */
  readonly package?: string | undefined;
  /** github-releases: owner/name. */
  readonly repository?: string | undefined;
  /** github-releases: name of the assets, with placeholders. */
  readonly asset?: string | undefined;
  /** local: the folder of releases, absolute or relative to the workspace. */
  readonly path?: string | undefined;
  readonly binary?: string | undefined;
  readonly dialect?: string | undefined;
  readonly required?: string | undefined;
  readonly targets?: readonly string[] | undefined;
  readonly wrapper?: string | undefined;
  readonly ci?: string | undefined;
  /** Write CI files where the provider looks. */
  readonly activate?: boolean;
  readonly nx?: boolean;
  /** Ask the registry how the package ships its program. */
  readonly network?: boolean;
  /** Replace files that are there. */
  readonly force?: boolean;
}
/** What is said about the root, complete but for what the upstream itself tells. */
export interface InitAnswers {
  readonly name: string;
  readonly binary: string;
  readonly source: InitSource;
  readonly upstream: string;
  readonly asset: string | undefined;
  readonly dialect: string;
  readonly required: string | undefined;
  readonly targets: readonly string[];
  readonly wrapper: string;
  /** Whether the registry may be asked. */
  readonly network: boolean;
}
/** What is written around the roots. */
export interface InitExtras {
  readonly ci: CiProvider | undefined;
  readonly activate: boolean;
  readonly nx: boolean;
}

/** A value of a closed list. @throws UsageError INIT_CHOICE_UNKNOWN */
function choice<T extends string>(option: string, word: string, known: readonly T[]): T {
  const found = known.find((one) => one === word);
  if (found !== undefined) return found;
  throw new UsageError('INIT_CHOICE_UNKNOWN', `${option} cannot be "${word}".${didYouMean(word, known)}`, {
    where: option,
    remedy: `Known: ${known.join(', ')}.`,
  });
}

function missing(option: string, what: string, place: Place): UsageError {
  const found = place.upstreams.map(({ name }) => name);
  const hint = found.length === 0 ? '' : ` Programs among the dependencies here: ${found.join(', ')}.`;
  return new UsageError('INIT_ANSWER_MISSING', `init needs to know ${what}`, {
    where: option,
    remedy: `Give ${option}, or run it in a terminal without --yes: then it asks.${hint}`,
  });
}

/** What was said decides about the source; npm is where most upstreams are. */
function sourceOf({ source, repository, path }: InitRequest): InitSource {
  if (source !== undefined) return choice('--source', source, INIT_SOURCES);
  if (repository !== undefined) return 'github-releases';
  return path === undefined ? 'npm' : 'local';
}

/** The dependency that is meant: by its program’s name when one is given, else the only one. */
export function likelyUpstream({ upstreams }: Place, { name, binary }: InitRequest): PackageFacts | undefined {
  const word = binary ?? name;
  if (word === undefined) return upstreams.length === 1 ? upstreams[0] : undefined;
  return upstreams.find((facts) => programsOf(facts).has(word));
}

/** The npm package that is meant; undefined when the upstream is elsewhere, or nobody said. */
export function npmPackageOf(request: InitRequest, place: Place): string | undefined {
  return sourceOf(request) === 'npm' ? (request.package ?? likelyUpstream(place, request)?.name) : undefined;
}

function upstreamOf(source: InitSource, request: InitRequest, place: Place): string {
  const { repository, path } = request;
  if (source === 'npm') {
    const known = npmPackageOf(request, place);
    if (known !== undefined) return known;
    throw missing('--package', 'which npm package ships the program', place);
  }
  if (source === 'github-releases') {
    if (repository !== undefined) return repository;
    throw missing('--repository', 'in which repository the program is released', place);
  }
  if (path !== undefined) return path;
  throw missing('--path', 'in which folder the releases lie', place);
}

function binaryOf({ binary, name }: InitRequest, upstream: string, place: Place): string {
  const facts = place.upstreams.find((one) => one.name === upstream);
  const programs = facts === undefined ? [] : [...programsOf(facts).keys()];
  const only = programs.length === 1 ? programs[0] : undefined;
  return binary ?? only ?? name ?? upstream.replace(/\/+$/, '').replace(/^.*[\\/]/, '');
}

/**
 * Completes what was said with what was found.
 * @throws UsageError INIT_ANSWER_MISSING, INIT_CHOICE_UNKNOWN, NAME_INVALID
 */
export function completeAnswers(request: InitRequest, place: Place): InitAnswers {
  const source = sourceOf(request);
  const upstream = upstreamOf(source, request, place);
  const binary = binaryOf(request, upstream, place);
  const name = safeName('root', request.name ?? binary);
  return {
    name,
    binary,
    source,
    upstream,
    asset: request.asset,
    dialect: request.dialect ?? 'generic',
    required: request.required,
    targets: request.targets ?? [],
    wrapper: request.wrapper ?? place.wrapper ?? `${name}-wrapper`,
    network: request.network === true,
  };
}

/** @throws UsageError INIT_CHOICE_UNKNOWN */
export function extrasOf({ ci, activate, nx }: InitRequest): InitExtras {
  return {
    ci: ci === undefined ? undefined : choice('--ci', ci, CI_PROVIDERS),
    activate: activate === true,
    nx: nx === true,
  };
}

const ABOUT_ROOT = [
  'source',
  'package',
  'repository',
  'path',
  'binary',
  'dialect',
  'required',
  'targets',
  'wrapper',
] as const satisfies readonly (keyof InitRequest)[];

/** Whether a root is to be made; else what is around the roots that are there. */
export function makesRoot(request: InitRequest, known: readonly string[]): boolean {
  if (ABOUT_ROOT.some((key) => request[key] !== undefined)) return true;
  return request.name === undefined ? known.length === 0 : !known.includes(request.name);
}

/** A folder as the local source’s settings name it: from the root’s folder, the same on every machine with the same tree. */
export function pathFromRoot(path: string, at: { readonly workspace: string; readonly root: string }): string {
  const absolute = isAbsolute(path) ? path : resolve(at.workspace, path);
  const way = relative(join(at.root), absolute).replaceAll('\\', '/');
  return way === '' ? '.' : way;
}
