import type { Target } from '@cliparity/plugin-api';

/** npm’s name for the platform, for upstreams that publish under it. */
const target: Target = {
  id: 'darwin-x64',
  revision: 1,
  os: 'macos',
  arch: 'x86_64',
};
export default target;
