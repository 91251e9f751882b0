import type { Target } from '@cliparity/plugin-api';

const target: Target = {
  id: 'aarch64-apple-darwin',
  revision: 1,
  os: 'macos',
  arch: 'aarch64',
  aliases: ['darwin-arm64'],
};
export default target;
