export * from './generate-registries.js';
export * from './plugin-families.js';
