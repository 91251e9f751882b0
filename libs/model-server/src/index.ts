export * from './anthropic-messages.js';
export * from './answer-book.js';
export * from './loopback.js';
export * from './model-script-schema.js';
export * from './model-server.js';
export * from './openai-chat.js';
export * from './openai-responses.js';
