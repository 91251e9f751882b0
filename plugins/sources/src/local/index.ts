import { TOKENS, type Source } from '@cliparity/plugin-api';
import { createFolderSource } from './folder-source.js';
import { createMirrorSource } from './mirror-source.js';
import type { LocalSourceSettings } from './settings.js';

/** A folder, file or mirror of one root; its settings were checked against the schema before. */
function localSource(settings: LocalSourceSettings, baseDir: string): Source {
  const isFolder = settings.url === undefined || settings.url.startsWith('file:');
  return isFolder ? createFolderSource(settings, baseDir) : createMirrorSource(settings);
}
localSource.inject = [TOKENS.settings, TOKENS.baseDir];

export default localSource;
