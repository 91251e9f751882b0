import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

export default definePlugin({
  name: 'example-target',
  apiVersion: API_VERSION,
  contributions: [
    {
      kind: 'target',
      id: 'riscv64gc-unknown-linux-musl',
      revision: 1,
      load: () => import('./riscv64gc-unknown-linux-musl.js'),
    },
  ],
});
