export * from './config/load-config.js';
export * from './io.js';
export * from './kernel.js';
export { findWorkspace } from './workspace.js';
export type { TargetRegistry } from './targets.js';
export { builtins } from './builtins.js';
