// Loaded with `import()` when a schema is first compiled. A bundler gives a lazily imported CommonJS package no names of its own,
// so the package is imported statically here and this module lazily.
export { Ajv2020 } from 'ajv/dist/2020.js';
