export * from './define-plugin.js';
export * from './io.js';
export * from './model-script.js';
export * from './plan.js';
export * from './plugins.js';
export * from './step.js';
export * from './tokens.js';
export * from './of-model.js';
