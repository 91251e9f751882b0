import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '@cliparity/model';
import { folderView } from '../../engine/folder-view.js';
import { entriesOf, type RootView } from '../../engine/root-view.js';
import type { FileMap } from '../../engine/memory-view.js';
import type { RootFacts } from '../root-facts.js';

const folder = fileURLToPath(new URL('../../../../../cli_manifests/codex', import.meta.url));
export const PREFIX = 'cli_manifests/codex/';

/** The facts of the real codex root, over its own files or over others in their place. */
export function codexFacts(view: RootView = folderView(folder)): RootFacts {
  const manifest = JSON.parse(readFileSync(`${folder}/cliparity.json`, 'utf8')) as Manifest;
  const systems = {
    'x86_64-unknown-linux-musl': 'linux',
    'aarch64-unknown-linux-musl': 'linux',
    'aarch64-apple-darwin': 'macos',
    'x86_64-pc-windows-msvc': 'windows',
  } as const;
  return { view, prefix: PREFIX, manifest, systems };
}

function filesBelow(view: RootView, at: string): string[] {
  return entriesOf(view, at).flatMap(({ name, kind }) => {
    const path = at === '' ? name : `${at}/${name}`;
    return kind === 'folder' ? filesBelow(view, path) : [path];
  });
}

/** The files of the real codex root, in memory. */
export function codexFiles(): FileMap {
  const view = folderView(folder);
  return new Map(filesBelow(view, '').map((path) => [path, readFileSync(`${folder}/${path}`)]));
}
