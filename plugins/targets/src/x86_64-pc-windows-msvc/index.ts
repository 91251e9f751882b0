import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'x86_64-pc-windows-msvc',
  revision: 1,
  os: 'windows',
  arch: 'x86_64',
  aliases: ['win32-x64'],
};
export default target;
