import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

export default definePlugin({
  name: 'example-gate',
  apiVersion: API_VERSION,
  contributions: [{ kind: 'gate', id: 'conflict-markers', revision: 1, load: () => import('./conflict-markers.js') }],
});
