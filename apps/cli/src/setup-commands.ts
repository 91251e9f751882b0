import type { CommandSpec } from './command-spec.js';

/** Commands around starting a root and following its upstream. */
export const SETUP_COMMANDS: readonly CommandSpec[] = [];
