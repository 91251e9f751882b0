import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

export default definePlugin({
  name: 'example-scenario',
  apiVersion: API_VERSION,
  contributions: [{ kind: 'scenario', id: 'exec-json', revision: 1, load: () => import('./exec-json.js') }],
});
