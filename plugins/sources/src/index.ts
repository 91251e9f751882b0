// Generated from the names of the folders here by tools/repo/src/generate-registries.ts; do not edit.
import { API_VERSION, definePlugin } from '@cliparity/plugin-api';
import { githubReleasesSettingsSchema } from './github-releases/settings.js';
import { localSettingsSchema } from './local/settings.js';
import { npmSettingsSchema } from './npm/settings.js';

/** The built-in sources. */
export const sourcesPlugin = definePlugin({
  name: '@cliparity/plugin-sources',
  apiVersion: API_VERSION,
  contributions: [
    {
      kind: 'source',
      id: 'github-releases',
      revision: 2,
      settings: githubReleasesSettingsSchema,
      load: () => import('./github-releases/index.js'),
    },
    { kind: 'source', id: 'local', revision: 1, settings: localSettingsSchema, load: () => import('./local/index.js') },
    { kind: 'source', id: 'npm', revision: 2, settings: npmSettingsSchema, load: () => import('./npm/index.js') },
  ],
});
