import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'x86_64-unknown-linux-gnu',
  revision: 1,
  os: 'linux',
  arch: 'x86_64',
  libc: 'gnu',
};
export default target;
