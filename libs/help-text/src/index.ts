export * from './engine.js';
export * from './facts.js';
export * from './lines.js';
export * from './normalise.js';
export * from './note-rules.js';
export * from './style.js';
