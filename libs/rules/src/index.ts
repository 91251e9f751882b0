export * from './catalogue-entry.js';
export * from './catalogue.js';
