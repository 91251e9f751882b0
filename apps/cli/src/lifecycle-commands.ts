import type { CommandSpec } from './command-spec.js';

/** Commands around versions, their tests, promotion and what is due. */
export const LIFECYCLE_COMMANDS: readonly CommandSpec[] = [];
