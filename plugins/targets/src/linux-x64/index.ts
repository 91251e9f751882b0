import type { Target } from '@cliparity/plugin-api';

/** npm’s name for the platform, for upstreams that publish under it. Says nothing about the C library. */
const target: Target = {
  id: 'linux-x64',
  revision: 1,
  os: 'linux',
  arch: 'x86_64',
};
export default target;
