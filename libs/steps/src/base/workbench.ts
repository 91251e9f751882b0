import type { Kernel } from '@cliparity/kernel';
import type { Io } from '@cliparity/plugin-api';
import type { Store } from '@cliparity/acquisition';

/** What every step works with: one workspace, its plugins, the rim, the store. */
export interface Workbench {
  /** Absolute path. */
  readonly workspace: string;
  /** Absolute path of the folder of the roots. */
  readonly manifests: string;
  readonly kernel: Kernel;
  readonly io: Io;
  readonly store: Store;
  /** Takes the secrets of the run out of a text that is kept or recorded. */
  readonly mask: (text: string) => string;
  /** How many children run at once. */
  readonly concurrency: number;
}
