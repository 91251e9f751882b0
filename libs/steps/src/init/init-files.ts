import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { layout, listRoots } from '@cliparity/manifest-store';
import type { Manifest } from '@cliparity/model';
import { ciFiles, type RootOfCi } from './ci/index.js';
import type { InitAnswers, InitExtras } from './init-answers.js';
import type { Place } from './init-detect.js';
import { emptyCoverage, manifestSchemaText, SCHEMA_COPY } from './init-manifest.js';
import { withDevDependencies, withLines, withNxPlugin } from './init-merge.js';
import type { Workbench } from '../base/workbench.js';

/** What becomes of a file. `kept`: it is somebody’s work and stays. `conflict`: it would have to be replaced, and nobody said so. */
export type FileFate = 'new' | 'changed' | 'same' | 'kept' | 'replaced' | 'conflict';

export interface PlannedFile {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly fate: FileFate;
}
interface Wish {
  readonly path: string;
  readonly text: string;
  /** `ours`: only init writes it. `merge`: the text holds what was there. `once`: written when there is none. */
  readonly as: 'ours' | 'merge' | 'once' | 'generated';
}
/** What the files are made from. */
export interface InitParts {
  readonly bench: Workbench;
  readonly place: Place;
  readonly extras: InitExtras;
  /** The root that is made, when one is. */
  readonly root: NewRoot | undefined;
  /** Of this command. */
  readonly version: string;
  readonly force: boolean;
}
/** A root that is not there yet. */
export interface NewRoot {
  readonly answers: InitAnswers;
  readonly manifest: Manifest;
}
interface Wishes {
  readonly wishes: readonly Wish[];
  readonly notes: readonly string[];
}

const NX_PLUGIN = '@cliparity/nx';
/** The Nx that this release was tried with. */
const NX_VERSION = '23.2.1';

/** Keys stay in the order in which people read a manifest. */
const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

const fromWorkspace = ({ workspace, manifests }: Workbench): string =>
  relative(workspace, manifests).replaceAll('\\', '/');

function rootWishes({ bench, root }: InitParts): readonly Wish[] {
  const at = (file: string): string => relative(bench.workspace, file).replaceAll('\\', '/');
  if (root === undefined) return [];
  const { answers, manifest } = root;
  const files = layout(join(bench.manifests, answers.name));
  const coverage = jsonText(emptyCoverage(answers.wrapper));
  return [
    { path: at(files.manifest), text: jsonText(manifest), as: 'ours' },
    { path: at(files.wrapperCoverage), text: coverage, as: 'once' },
    { path: at(join(bench.manifests, SCHEMA_COPY)), text: manifestSchemaText(), as: 'generated' },
  ];
}

/** Only a folder of another name must be said: the usual one is found by itself. */
async function configWishes({ bench }: InitParts): Promise<Wishes> {
  const manifests = fromWorkspace(bench);
  if (manifests === 'cli_manifests' || bench.kernel.config.manifests === manifests) return { wishes: [], notes: [] };
  const { configFile } = bench.kernel;
  if (configFile !== undefined) {
    const where = relative(bench.workspace, configFile);
    return { wishes: [], notes: [`add to ${where}: "manifests": ${JSON.stringify(manifests)}`] };
  }
  const text = `${JSON.stringify({ manifests }, null, 2)}\n`;
  return { wishes: [{ path: 'cliparity.config.json', text, as: 'ours' }], notes: [] };
}

async function ignoreWish({ bench, extras }: InitParts): Promise<Wish> {
  const lines = ['.cliparity/', `${fromWorkspace(bench)}/*/raw_help/`, ...(extras.nx ? ['node_modules/', '.nx/'] : [])];
  const text = (await read(join(bench.workspace, '.gitignore'))) ?? '';
  return { path: '.gitignore', text: withLines(text, lines), as: 'merge' };
}

/** The bytes are the same on every machine, or no digest would be: Git for Windows would check files out with other ends of lines. */
async function attributesWish({ bench }: InitParts): Promise<Wish> {
  const files = `${fromWorkspace(bench)}/**`;
  const line = `${/\s/.test(files) ? JSON.stringify(files) : files} -text`;
  const text = (await read(join(bench.workspace, '.gitattributes'))) ?? '';
  return { path: '.gitattributes', text: withLines(text, [line]), as: 'merge' };
}

async function nxWishes({ bench, extras, root, version }: InitParts): Promise<Wishes> {
  if (!extras.nx) return { wishes: [], notes: [] };
  const [nx, npm] = await Promise.all(['nx.json', 'package.json'].map((name) => read(join(bench.workspace, name))));
  const wanted = { [NX_PLUGIN]: version, cliparity: version, nx: NX_VERSION };
  const merged = {
    'nx.json': withNxPlugin(nx, NX_PLUGIN, fromWorkspace(bench)),
    'package.json': withDevDependencies(npm, wanted, `${root?.answers.name.toLowerCase() ?? 'cliparity'}-workspace`),
  };
  const byHand = {
    'nx.json': `nx.json is not plain JSON: add "${NX_PLUGIN}" to its plugins by hand`,
    'package.json': `package.json is not plain JSON: add ${Object.keys(wanted).join(', ')} by hand`,
  };
  const names = ['nx.json', 'package.json'] as const;
  return {
    wishes: names.flatMap((path) =>
      merged[path] === undefined ? [] : [{ path, text: merged[path], as: 'merge' as const }],
    ),
    notes: names.filter((path) => merged[path] === undefined).map((path) => byHand[path]),
  };
}

const ciRoot = (cli: string, { targets, wrapper }: Manifest): RootOfCi => ({
  cli,
  targets: targets.expected,
  hasTests: (wrapper?.test ?? []).length > 0,
});

/** The roots of a workspace as CI files need to know them. */
async function rootsForCi({ workspace, manifests }: Workbench, name: string | undefined): Promise<readonly RootOfCi[]> {
  const names = (await listRoots(workspace, manifests)).filter((one) => one !== name);
  const roots = names.map(async (cli): Promise<readonly RootOfCi[]> => {
    const text = await read(layout(join(manifests, cli)).manifest);
    try {
      return [ciRoot(cli, JSON.parse(text ?? '') as Manifest)];
    } catch {
      // A broken root is for `validate` to tell; an older one has no manifest.
      return [];
    }
  });
  return (await Promise.all(roots)).flat();
}

async function ciWishes({ bench, place, extras, root, version }: InitParts): Promise<Wishes> {
  const { ci: provider, activate, nx } = extras;
  if (provider === undefined) return { wishes: [], notes: [] };
  const own = root === undefined ? [] : [ciRoot(root.answers.name, root.manifest)];
  const others = await rootsForCi(bench, root?.answers.name);
  const roots = [...others, ...own].sort((a, b) => (a.cli < b.cli ? -1 : 1));
  const withNx = nx || place.kinds.includes('nx');
  const { files, homeless } = ciFiles({
    provider,
    roots,
    manifests: fromWorkspace(bench),
    branch: 'main',
    activate,
    nx: withNx ? { bin: `node_modules/${NX_PLUGIN}/bin`, packageManager: place.packageManager } : undefined,
    version,
    by: `cliparity init --ci ${provider}`,
  });
  return {
    wishes: files.map((file) => ({ ...file, as: 'ours' as const })),
    notes: homeless.map((target) => `no rented machine runs ${target}: bring its snapshots with cliparity import`),
  };
}

async function fateOf({ path, text, as }: Wish, { bench, force }: InitParts): Promise<FileFate> {
  const file = join(bench.workspace, path);
  if (!existsSync(file)) return 'new';
  const old = await read(file);
  if (old === text) return 'same';
  if (as === 'merge' || as === 'generated') return 'changed';
  if (as === 'once') return 'kept';
  return force ? 'replaced' : 'conflict';
}

/** Every file that `init` wants, compared with what is there. Reads, writes nothing. */
export async function planFiles(
  parts: InitParts,
): Promise<{ readonly files: readonly PlannedFile[]; readonly notes: readonly string[] }> {
  const [config, nx, ci] = [await configWishes(parts), await nxWishes(parts), await ciWishes(parts)];
  const git = [await ignoreWish(parts), await attributesWish(parts)];
  const wishes = [...rootWishes(parts), ...config.wishes, ...git, ...nx.wishes, ...ci.wishes];
  const files: PlannedFile[] = [];
  for (const wish of wishes) files.push({ path: wish.path, text: wish.text, fate: await fateOf(wish, parts) });
  return { files, notes: [...config.notes, ...nx.notes, ...ci.notes] };
}
