import type { Target } from '@cliparity/plugin-api';

/** Scripts and archives that are the same everywhere; they need an interpreter, not a platform. */
const target: Target = {
  id: 'any',
  revision: 1,
  os: 'any',
  arch: 'any',
};
export default target;
