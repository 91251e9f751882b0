import { listRoots } from '@cliparity/manifest-store';
import { INIT_SOURCES, likelyUpstream, makesRoot, type InitRequest, type InitSource } from './init-answers.js';
import { CI_PROVIDERS } from './ci/index.js';
import { mustAgree, mustBeUsable } from './init-checks.js';
import { detectPlace, type Place } from './init-detect.js';
import { USUAL_TARGET } from './init-manifest.js';
import { programsOf, type PackageFacts } from './init-npm.js';
import type { Workbench } from '../base/workbench.js';

export interface Choice {
  readonly value: string;
  readonly label: string;
}
/** Asks a person; a terminal or a test. Each may throw when the person has enough. */
export interface Asker {
  readonly select: (message: string, choices: readonly Choice[], initial?: string) => Promise<string>;
  readonly several: (
    message: string,
    choices: readonly Choice[],
    initial: readonly string[],
  ) => Promise<readonly string[]>;
  readonly text: (message: string, initial: string) => Promise<string>;
  readonly confirm: (message: string, initial: boolean) => Promise<boolean>;
}

const ANOTHER = 'another';
const plain = (values: readonly string[]): readonly Choice[] => values.map((value) => ({ value, label: value }));

const SOURCE_LABELS: Readonly<Record<InitSource, string>> = {
  npm: 'an npm package',
  'github-releases': 'releases of a GitHub repository',
  local: 'a folder of releases',
};

async function askDependency(place: Place, request: InitRequest, ask: Asker): Promise<PackageFacts | undefined> {
  const { source, package: name, repository, path } = request;
  if ([source, name, repository, path].some((said) => said !== undefined) || place.upstreams.length === 0)
    return undefined;
  const label = (facts: PackageFacts): string => `${facts.name} (${[...programsOf(facts).keys()].join(', ')})`;
  const choices = place.upstreams.map((facts) => ({ value: facts.name, label: label(facts) }));
  const chosen = await ask.select(
    'Which program do you wrap?',
    [...choices, { value: ANOTHER, label: 'another one' }],
    likelyUpstream(place, request)?.name ?? ANOTHER,
  );
  return place.upstreams.find((facts) => facts.name === chosen);
}

async function askUpstream(request: InitRequest, ask: Asker): Promise<Partial<InitRequest>> {
  const { package: name, repository, path } = request;
  if (name !== undefined || repository !== undefined || path !== undefined) return {};
  const choices = INIT_SOURCES.map((value) => ({ value, label: SOURCE_LABELS[value] }));
  const source = request.source ?? (await ask.select('Where is the program released?', choices, 'npm'));
  if (source === 'npm') return { source, package: await ask.text('Which npm package?', request.name ?? '') };
  if (source === 'local') return { source, path: await ask.text('Which folder?', 'upstream') };
  return {
    source,
    repository: await ask.text('Which repository (owner/name)?', ''),
    asset: request.asset ?? (await ask.text('What are its assets called?', '{binary}-{target}.tar.gz')),
  };
}

const lastWord = (text: string): string => text.replace(/\/+$/, '').replace(/^.*[\\/]/, '');

async function askNames(request: InitRequest, place: Place, ask: Asker): Promise<Partial<InitRequest>> {
  const facts = place.upstreams.find(({ name }) => name === request.package);
  const [program] = facts === undefined ? [] : [...programsOf(facts).keys()];
  const likely = request.name ?? program ?? lastWord(request.package ?? request.repository ?? request.path ?? '');
  const binary = request.binary ?? (await ask.text('What do users type to start it?', likely));
  const name = request.name ?? (await ask.text('What shall its root be called?', binary));
  const own = place.wrapper ?? `${name}-wrapper`;
  return { binary, name, wrapper: request.wrapper ?? (await ask.text('What is your wrapper called?', own)) };
}

async function askTargets(request: InitRequest, { kernel }: Workbench, ask: Asker): Promise<Partial<InitRequest>> {
  if (request.targets !== undefined || request.required !== undefined) return {};
  const npm = request.package !== undefined;
  const network =
    request.network === true || (npm && (await ask.confirm('May the registry be asked what it ships?', true)));
  if (network) return { network };
  const ids = kernel.targets.ids;
  const targets = await ask.several('For which targets is it built?', plain(ids), [USUAL_TARGET]);
  if (targets.length < 2) return { targets };
  return { targets, required: await ask.select('Which of them must always be there?', plain(targets), targets[0]) };
}

async function askDialect(request: InitRequest, { kernel }: Workbench, ask: Asker): Promise<string> {
  if (request.dialect !== undefined) return request.dialect;
  const ids = kernel.contributions.filter(({ kind }) => kind === 'dialect').map(({ id }) => id);
  return ask.select('How does it print its help?', plain(ids), 'generic');
}

async function askExtras(request: InitRequest, place: Place, ask: Asker): Promise<Partial<InitRequest>> {
  const none = { value: 'none', label: 'no' };
  const ci = request.ci ?? (await ask.select('Write CI files?', [none, ...plain(CI_PROVIDERS)], 'none'));
  const provider = ci === 'none' ? {} : { ci };
  const activate =
    ci === 'none' || request.activate === true || (await ask.confirm('Into place, so that they run?', false));
  const nx =
    request.nx === true || (await ask.confirm('Set up Nx, for cached and affected runs?', place.kinds.includes('nx')));
  return { ...provider, activate: ci !== 'none' && activate, nx };
}

/** Where roots are, whether another one is to be made or only what is around them. */
async function askWhat({ workspace, manifests }: Workbench, said: InitRequest, ask: Asker): Promise<boolean> {
  const known = await listRoots(workspace, manifests);
  if (known.length === 0 || said.name !== undefined) return makesRoot(said, known);
  return ask.confirm(`${known.join(', ')}: there already. Start another root?`, true);
}

/** Asks for everything that was not said as an option, in the order in which one thing follows from another. */
export async function askInit(bench: Workbench, said: InitRequest, ask: Asker): Promise<InitRequest> {
  mustAgree({ ...said, activate: false });
  mustBeUsable(said);
  const place = await detectPlace(bench.workspace);
  if (!(await askWhat(bench, said, ask))) return { ...said, ...(await askExtras(said, place, ask)) };
  const dependency = await askDependency(place, said, ask);
  let request: InitRequest = dependency === undefined ? said : { ...said, source: 'npm', package: dependency.name };
  request = { ...request, ...(await askUpstream(request, ask)) };
  request = { ...request, ...(await askNames(request, place, ask)) };
  request = { ...request, ...(await askTargets(request, bench, ask)) };
  request = { ...request, dialect: await askDialect(request, bench, ask) };
  return { ...request, ...(await askExtras(request, place, ask)) };
}
