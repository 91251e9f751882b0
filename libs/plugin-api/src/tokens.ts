import { defineToken } from './define-plugin.js';
import type { Io } from './io.js';
import type { Target } from './plugins.js';

/** What the kernel provides to contributions. */
export const TOKENS = {
  io: defineToken<Io>('io'),
  /** The settings of this use of the contribution, already checked against its schema. */
  settings: defineToken<Readonly<Record<string, unknown>>>('settings'),
  /** Every known target. */
  targets: defineToken<readonly Target[]>('targets'),
  /** Absolute path of the folder that relative paths in the settings start from. */
  baseDir: defineToken<string>('base-dir'),
  /** Absolute path of the workspace: where npm and other tools look for their configuration. */
  workspace: defineToken<string>('workspace'),
  /** Absolute path of the store of this run: what a source keeps of its answers lies beside its binaries. */
  store: defineToken<string>('store'),
} as const;
