// Generated from the names of the folders here by tools/repo/src/generate-registries.ts; do not edit.
import { API_VERSION, definePlugin } from '@cliparity/plugin-api';

/** The built-in targets. */
export const targetsPlugin = definePlugin({
  name: '@cliparity/plugin-targets',
  apiVersion: API_VERSION,
  contributions: [
    { kind: 'target', id: 'aarch64-apple-darwin', revision: 1, load: () => import('./aarch64-apple-darwin/index.js') },
    {
      kind: 'target',
      id: 'aarch64-pc-windows-msvc',
      revision: 1,
      load: () => import('./aarch64-pc-windows-msvc/index.js'),
    },
    {
      kind: 'target',
      id: 'aarch64-unknown-linux-gnu',
      revision: 1,
      load: () => import('./aarch64-unknown-linux-gnu/index.js'),
    },
    {
      kind: 'target',
      id: 'aarch64-unknown-linux-musl',
      revision: 1,
      load: () => import('./aarch64-unknown-linux-musl/index.js'),
    },
    { kind: 'target', id: 'any', revision: 1, load: () => import('./any/index.js') },
    { kind: 'target', id: 'darwin-arm64', revision: 1, load: () => import('./darwin-arm64/index.js') },
    { kind: 'target', id: 'darwin-x64', revision: 1, load: () => import('./darwin-x64/index.js') },
    { kind: 'target', id: 'linux-arm64', revision: 1, load: () => import('./linux-arm64/index.js') },
    { kind: 'target', id: 'linux-x64', revision: 1, load: () => import('./linux-x64/index.js') },
    { kind: 'target', id: 'win32-arm64', revision: 1, load: () => import('./win32-arm64/index.js') },
    { kind: 'target', id: 'win32-x64', revision: 1, load: () => import('./win32-x64/index.js') },
    { kind: 'target', id: 'x86_64-apple-darwin', revision: 1, load: () => import('./x86_64-apple-darwin/index.js') },
    {
      kind: 'target',
      id: 'x86_64-pc-windows-msvc',
      revision: 1,
      load: () => import('./x86_64-pc-windows-msvc/index.js'),
    },
    {
      kind: 'target',
      id: 'x86_64-unknown-linux-gnu',
      revision: 1,
      load: () => import('./x86_64-unknown-linux-gnu/index.js'),
    },
    {
      kind: 'target',
      id: 'x86_64-unknown-linux-musl',
      revision: 1,
      load: () => import('./x86_64-unknown-linux-musl/index.js'),
    },
  ],
});
