// Generated from the names of the folders here by tools/repo/src/generate-registries.ts; do not edit.
import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

/** The built-in reporters. */
export const reportersPlugin = definePlugin({
  name: '@cliparity/plugin-reporters',
  apiVersion: API_VERSION,
  contributions: [
    { kind: 'reporter', id: 'github', revision: 1, load: () => import('./github/index.js') },
    { kind: 'reporter', id: 'gitlab', revision: 1, load: () => import('./gitlab/index.js') },
    { kind: 'reporter', id: 'json', revision: 1, load: () => import('./json/index.js') },
    { kind: 'reporter', id: 'junit', revision: 1, load: () => import('./junit/index.js') },
    { kind: 'reporter', id: 'markdown', revision: 2, load: () => import('./markdown/index.js') },
    { kind: 'reporter', id: 'minimal', revision: 1, load: () => import('./minimal/index.js') },
    { kind: 'reporter', id: 'ndjson', revision: 1, load: () => import('./ndjson/index.js') },
    { kind: 'reporter', id: 'pretty', revision: 1, load: () => import('./pretty/index.js') },
    { kind: 'reporter', id: 'sarif', revision: 2, load: () => import('./sarif/index.js') },
  ],
});
