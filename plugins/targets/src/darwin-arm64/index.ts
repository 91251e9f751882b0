import type { Target } from '@cliparity/plugin-api';

/** npm’s name for the platform, for upstreams that publish under it. */
const target: Target = {
  id: 'darwin-arm64',
  revision: 1,
  os: 'macos',
  arch: 'aarch64',
};
export default target;
