export * from './masker.js';
export * from './rules.js';
