import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'x86_64-unknown-linux-musl',
  revision: 1,
  os: 'linux',
  arch: 'x86_64',
  libc: 'musl',
  aliases: ['linux-x64'],
};
export default target;
