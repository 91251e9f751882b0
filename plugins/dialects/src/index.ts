// Generated from the names of the folders here by tools/repo/src/generate-registries.ts; do not edit.
import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

/** The built-in dialects. */
export const dialectsPlugin = definePlugin({
  name: '@cliparity/plugin-dialects',
  apiVersion: API_VERSION,
  contributions: [
    { kind: 'dialect', id: 'clap', revision: 1, load: () => import('./clap/index.js') },
    { kind: 'dialect', id: 'generic', revision: 1, load: () => import('./generic/index.js') },
  ],
});
