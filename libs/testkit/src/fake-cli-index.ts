export * from './fake-cli.js';
export * from './fake-cli-spec.js';
