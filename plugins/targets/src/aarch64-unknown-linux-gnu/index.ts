import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'aarch64-unknown-linux-gnu',
  revision: 1,
  os: 'linux',
  arch: 'aarch64',
  libc: 'gnu',
};
export default target;
