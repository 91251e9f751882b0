import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'riscv64gc-unknown-linux-musl',
  revision: 1,
  os: 'linux',
  arch: 'riscv64',
  libc: 'musl',
  aliases: ['linux-riscv64'],
};
export default target;
