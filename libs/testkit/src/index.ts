export * from './contract/dialect.js';
export * from './contract/gate.js';
export * from './contract/hostile-texts.js';
export * from './contract/reporter.js';
export * from './contract/sample-results.js';
export * from './contract/scenario.js';
export * from './contract/source.js';
export * from './contract/target.js';
export type { Check, TestApi } from './contract/test-api.js';
export * from './fake-cli-index.js';
export {
  chat,
  messages,
  responses,
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
  type RecordedRequest,
  type ResponsesUsage,
} from '@cliparity/model-server';
