import { API_VERSION, definePlugin } from '@cliparity/plugin-api';
import { releaseIndexSettingsSchema } from './settings.js';

export default definePlugin({
  name: 'example-source',
  apiVersion: API_VERSION,
  contributions: [
    {
      kind: 'source',
      id: 'release-index',
      revision: 1,
      settings: releaseIndexSettingsSchema,
      load: () => import('./release-index.js'),
    },
  ],
});
