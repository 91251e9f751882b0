import { finding, SEMVER_PATTERN, type Finding } from '@cliparity/model';
import { entriesOf } from '../engine/root-view.js';
import type { RootFacts } from './root-facts.js';

const VERSION = new RegExp(SEMVER_PATTERN);

/** What may stand in a root: file names of its top, and what each folder holds. Source: DESIGN section 5. */
const FILES = new Set([
  'cliparity.json',
  'artifacts.lock.json',
  'wrapper_coverage.json',
  'waivers.json',
  'current.json',
  'latest_validated.txt',
  'min_supported.txt',
  'RULES.json',
  'SCHEMA.json',
  'VERSION_METADATA_SCHEMA.json',
]);
/** Folders whose files other rules name; `free` ones may hold anything. */
const FOLDERS: Readonly<Record<string, 'versions' | 'files' | 'pointers' | 'free'>> = {
  snapshots: 'versions',
  reports: 'versions',
  versions: 'files',
  pointers: 'pointers',
  supplement: 'free',
  ratchets: 'files',
  observed: 'free',
  evidence: 'free',
};

/**
 * Whatever stands in a root and is nobody's: links, folders where files belong, files of unknown names.
 * Codes: FILE_NOT_REGULAR, FILE_UNEXPECTED, FILE_UNREADABLE. Documents (`*.md`) and hidden files at the top are the user's own.
 */
export function treeFindings(facts: RootFacts): readonly Finding[] {
  return [...closedFolders(facts, ''), ...strayFindings(facts)];
}

/** Folders that cannot be looked into: what is in them would count as not there. Code: FILE_UNREADABLE. */
function closedFolders(facts: RootFacts, folder: string): readonly Finding[] {
  const state = facts.view.list(folder);
  if (state.kind === 'unreadable') {
    const file = `${facts.prefix}${folder}`;
    return [finding({ code: 'FILE_UNREADABLE', message: `${file} cannot be read (${state.reason})`, file })];
  }
  const below = state.kind === 'folder' ? state.entries.filter(({ kind }) => kind === 'folder') : [];
  return below.flatMap(({ name }) => closedFolders(facts, folder === '' ? name : `${folder}/${name}`));
}

function strayFindings(facts: RootFacts): readonly Finding[] {
  return entriesOf(facts.view, '').flatMap(({ name, kind }) => {
    if (kind === 'link' || kind === 'other') return [irregular(facts, name)];
    if (kind === 'file')
      return FILES.has(name) || name.endsWith('.md') || name.startsWith('.') ? [] : [unexpected(facts, name)];
    const holds = FOLDERS[name];
    if (FILES.has(name)) return [irregular(facts, name)];
    if (holds === undefined) return name.startsWith('.') ? [] : [unexpected(facts, name)];
    return folderFindings(facts, name, holds);
  });
}

function folderFindings(
  facts: RootFacts,
  folder: string,
  holds: 'versions' | 'files' | 'pointers' | 'free',
): Finding[] {
  return entriesOf(facts.view, folder).flatMap(({ name, kind }) => {
    const path = `${folder}/${name}`;
    if (kind === 'link' || kind === 'other') return [irregular(facts, path)];
    if (holds === 'free') return kind === 'folder' ? linksBelow(facts, path) : [];
    if (holds === 'files') return kind === 'file' && isKnownFile(folder, name) ? [] : [unexpected(facts, path)];
    if (holds === 'pointers')
      return kind === 'folder' && /^latest_(?:supported|validated)$/.test(name)
        ? linksIn(facts, path)
        : [unexpected(facts, path)];
    if (kind !== 'folder' || !VERSION.test(name)) return [unexpected(facts, path)];
    return [
      ...linksIn(facts, path),
      ...(folder === 'snapshots' ? strangers(facts, path) : orphans(facts, folder, name)),
    ];
  });
}

function isKnownFile(folder: string, name: string): boolean {
  const stem = name.replace(/\.json$/, '');
  return stem !== name && (folder !== 'versions' || VERSION.test(stem));
}

function linksIn(facts: RootFacts, folder: string): Finding[] {
  return entriesOf(facts.view, folder)
    .filter(({ kind }) => kind !== 'file')
    .map(({ name }) => irregular(facts, `${folder}/${name}`));
}

/** Whatever is no plain file, however deep, where anything may lie. Code: FILE_NOT_REGULAR. */
export function linksBelow(facts: Pick<RootFacts, 'view' | 'prefix'>, folder: string): Finding[] {
  return entriesOf(facts.view, folder).flatMap(({ name, kind }) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'folder') return linksBelow(facts, path);
    return kind === 'file' ? [] : [irregular(facts, path)];
  });
}

/** Files beside the snapshots of the expected targets and their union. */
function strangers(facts: RootFacts, folder: string): Finding[] {
  const known = new Set([...facts.manifest.targets.expected, 'union'].map((name) => `${name}.json`));
  return entriesOf(facts.view, folder)
    .filter(({ name, kind }) => kind === 'file' && !known.has(name))
    .map(({ name }) => unexpected(facts, `${folder}/${name}`));
}

/** Reports of a version that nobody has a snapshot of: nothing can say any more whether they are right. */
function orphans(facts: RootFacts, folder: string, version: string): Finding[] {
  if (facts.view.list(`snapshots/${version}`).kind !== 'absent') return [];
  const files = entriesOf(facts.view, `${folder}/${version}`).filter(({ kind }) => kind === 'file');
  return files.map(({ name }) => unexpected(facts, `${folder}/${version}/${name}`));
}

function irregular({ prefix }: Pick<RootFacts, 'prefix'>, path: string): Finding {
  const file = `${prefix}${path}`;
  return finding({ code: 'FILE_NOT_REGULAR', message: `${file} is not a plain file`, file });
}

function unexpected({ prefix }: RootFacts, path: string): Finding {
  const file = `${prefix}${path}`;
  const help = strayHelp(path);
  return finding({ code: 'FILE_UNEXPECTED', message: `${file} belongs to nothing that a root has`, file, help });
}

/** What to do about a file that is nobody’s. */
export function strayHelp(path: string): string {
  return path.endsWith('.cliparity-tmp')
    ? 'A run that was killed left it. Run the same command again, or delete the file.'
    : 'Rename it, or delete it.';
}
