import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CouldNotRun, UsageError } from '@cliparity/model';
import type { Asset, Bytes, Io, Source, Target } from '@cliparity/plugin-api';
import { fill, versionPattern } from '../placeholders.js';
import { DEFAULT_TEMPLATE, localAsset, servedTargets } from './local-asset.js';
import { releasesOf } from './local-releases.js';
import type { LocalSourceSettings } from './settings.js';

interface Folder {
  readonly settings: LocalSourceSettings;
  readonly baseDir: string;
  /** Absolute path of the folder or file. */
  readonly root: string;
}

const placeName = ({ path, url }: LocalSourceSettings): string => path ?? url ?? '.';

async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}

/** `file:` with the path from the root's folder, the same on every machine that has the same tree; whole when the settings say it whole. */
function locatorOf(folder: Folder, path: string): string {
  if (folder.settings.url !== undefined) return pathToFileURL(path).href;
  return `file:${relative(folder.baseDir, path).split(sep).join('/')}`;
}

async function versionsIn(folder: Folder): Promise<string[]> {
  const { settings, root } = folder;
  if (settings.versions !== undefined) return [...settings.versions];
  const segments = (settings.template ?? DEFAULT_TEMPLATE).split('/');
  const at = segments.findIndex((segment) => segment.includes('{version}'));
  const above = fill(segments.slice(0, Math.max(at, 0)).join('/'), {});
  if (at < 0 || above === undefined || (await sizeOf(root)) !== undefined) {
    throw new UsageError('SOURCE_VERSIONS_UNKNOWN', `${placeName(settings)} does not tell its versions`, {
      where: placeName(settings),
      remedy: 'List them under "versions" in the local source’s settings.',
    });
  }
  const pattern = versionPattern(segments[at] as string);
  const names = await readdir(join(root, above)).catch(() => []);
  return names.flatMap((name) => pattern.exec(name)?.groups?.['version'] ?? []);
}

async function assetAt(folder: Folder, version: string, target: Target): Promise<Asset | undefined> {
  const { settings, root } = folder;
  const whole = await sizeOf(root);
  const single =
    whole === undefined ? settings : { ...settings, template: '{name}', name: root.split(sep).at(-1) ?? '' };
  const placeOf = (path: string): string => (whole === undefined ? join(root, path) : root);
  const placed = localAsset(single, { version, target }, (path) => locatorOf(folder, placeOf(path)));
  if (placed === undefined) return undefined;
  const size = await sizeOf(placeOf(placed.path));
  return size === undefined ? undefined : { ...placed.asset, size };
}

async function assetsIn(
  folder: Folder,
  version: string,
  ask: { targets: readonly Target[]; io: Io },
): Promise<Asset[]> {
  if (folder.settings.versions?.includes(version) === false) return [];
  const assets: Asset[] = [];
  for (const target of servedTargets(folder.settings, ask.targets)) {
    const asset = await assetAt(folder, version, target);
    if (asset !== undefined) assets.push(asset);
    else ask.io.emit({ type: 'note', message: `${placeName(folder.settings)} has no ${version} for ${target.id}` });
  }
  return assets;
}

function localPath(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** The file of a locator, when it lies in this source's folder. */
function pathOf(folder: Folder, locator: string): string | undefined {
  const whole = folder.settings.url !== undefined;
  if (!locator.startsWith('file:') || locator.startsWith('file://') !== whole) return undefined;
  const path = whole ? localPath(locator) : resolve(folder.baseDir, locator.slice('file:'.length));
  if (path === undefined) return undefined;
  const inside = relative(folder.root, path);
  return inside === '' || (!inside.startsWith('..') && !isAbsolute(inside)) ? path : undefined;
}

async function openFile(folder: Folder, locator: string, from: number): Promise<Bytes> {
  const path = pathOf(folder, locator);
  const total = path === undefined ? undefined : await sizeOf(path);
  if (path === undefined || total === undefined) {
    throw new CouldNotRun('LOCAL_ASSET_MISSING', `${locator} is not a file of ${placeName(folder.settings)}`, {
      where: locator,
      remedy: 'Put the file there, or pin the artifact anew with cliparity lock.',
    });
  }
  // More than there is cannot be resumed: start over and let the check of the size speak.
  const start = from <= total ? from : 0;
  return { total, start, body: createReadStream(path, { start }) };
}

/** A folder or file as a place of releases. Throws SOURCE_VERSIONS_UNKNOWN, LOCAL_ASSET_MISSING. */
export function createFolderSource(settings: LocalSourceSettings, baseDir: string): Source {
  const { url, path = '.' } = settings;
  const folder: Folder = { settings, baseDir, root: url === undefined ? resolve(baseDir, path) : fileURLToPath(url) };
  return {
    id: 'local',
    revision: 1,
    async *releases() {
      yield* releasesOf(await versionsIn(folder));
    },
    assets: async (version, targets, io) => assetsIn(folder, version, { targets, io }),
    owns: (locator) => pathOf(folder, locator) !== undefined,
    open: async (locator, from) => openFile(folder, locator, from),
  };
}
