export {
  CI_PROVIDERS,
  PACKAGE_MANAGERS,
  ciFiles,
  type CiFile,
  type CiProvider,
  type PackageManager,
} from './ci-files.js';
export type { RootOfCi } from './ci-matrix.js';
export { platformOf } from './platform.js';
