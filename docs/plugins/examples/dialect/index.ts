import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

export default definePlugin({
  name: 'example-dialect',
  apiVersion: API_VERSION,
  contributions: [{ kind: 'dialect', id: 'double-colon', revision: 1, load: () => import('./double-colon.js') }],
});
