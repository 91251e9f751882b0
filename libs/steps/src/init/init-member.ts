import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { InitAnswers } from './init-answers.js';
import type { NpmGuess, PackageFacts } from './init-npm.js';
import { filesInTarball } from './init-tarball.js';
import type { Workbench } from '../base/workbench.js';

/** Platform packages hold few files; whatever has more is not searched to its end. */
const MOST_FILES = 5000;

/** The path of the program among the files of a platform package, with the source’s placeholders. Pure. */
export function memberAmong(files: readonly string[], binary: string): string | undefined {
  const names = [binary, `${binary}.exe`];
  const found = files.filter((file) => names.includes(file.split('/').at(-1) ?? ''));
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  return only.replace(/[^/]+$/, '{binary}{exe}');
}

/** Looks for the program in the platform package that is installed here; undefined when there is none, or no telling. */
export async function installedMember(
  workspace: string,
  facts: PackageFacts,
  binary: string,
): Promise<string | undefined> {
  const names = Object.keys((facts.optionalDependencies as Record<string, string> | undefined) ?? {});
  for (const name of names) {
    const folder = join(workspace, 'node_modules', name);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    if (entries.length === 0 || entries.length > MOST_FILES) continue;
    const files = entries.filter((entry) => entry.isFile());
    return memberAmong(
      files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
      binary,
    );
  }
  return undefined;
}

/** The top folder of every tarball that npm packs. */
const TOP = 'package/';

async function filesOf(body: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of filesInTarball(body)) {
    if (file.startsWith(TOP)) files.push(file.slice(TOP.length));
    if (files.length > MOST_FILES) break;
  }
  return files;
}

/** Looks for the program in the published package of one platform; undefined when there is no telling. Uses the network. */
export async function publishedMember(
  { kernel, io, manifests }: Workbench,
  answers: InitAnswers,
  { guess, version }: { readonly guess: NpmGuess; readonly version: string },
): Promise<string | undefined> {
  const name = guess.targets.find((one) => kernel.targets.ids.includes(one));
  if (name === undefined || name === 'any') return undefined;
  const { upstream, binary } = answers;
  const settings = { package: upstream, binary, layouts: guess.layouts };
  const source = await kernel.source({ use: 'npm', settings }, join(manifests, answers.name));
  const [asset] = await source.assets(version, [await kernel.targets.find(name)], io);
  if (asset === undefined) return undefined;
  io.emit({ type: 'note', message: `looking for ${binary} in ${asset.locator}` });
  const { body } = await source.open(asset.locator, 0, io);
  return memberAmong(await filesOf(body), binary);
}
