import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'aarch64-pc-windows-msvc',
  revision: 1,
  os: 'windows',
  arch: 'aarch64',
  aliases: ['win32-arm64'],
};
export default target;
