import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

export default definePlugin({
  name: 'example-reporter',
  apiVersion: API_VERSION,
  contributions: [{ kind: 'reporter', id: 'tsv', revision: 1, load: () => import('./tsv.js') }],
});
