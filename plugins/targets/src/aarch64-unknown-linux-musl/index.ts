import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'aarch64-unknown-linux-musl',
  revision: 1,
  os: 'linux',
  arch: 'aarch64',
  libc: 'musl',
  aliases: ['linux-arm64'],
};
export default target;
