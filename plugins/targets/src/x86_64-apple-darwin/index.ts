import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'x86_64-apple-darwin',
  revision: 1,
  os: 'macos',
  arch: 'x86_64',
  aliases: ['darwin-x64'],
};
export default target;
