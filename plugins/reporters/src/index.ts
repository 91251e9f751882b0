// Generated from the names of the folders here by tools/repo/src/generate-registries.ts; do not edit.
import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

/** The built-in reporters. */
export const reportersPlugin = definePlugin({
  name: '@cliparity/plugin-reporters',
  apiVersion: API_VERSION,
  contributions: [
    { kind: 'reporter', id: 'json', revision: 1, load: () => import('./json/index.js') },
    { kind: 'reporter', id: 'markdown', revision: 1, load: () => import('./markdown/index.js') },
    { kind: 'reporter', id: 'pretty', revision: 1, load: () => import('./pretty/index.js') },
  ],
});
