import type { ModelApi } from '@cliparity/plugin-api';

interface ApiShape {
  /** How the path of a request for an answer ends. */
  readonly path: string;
  /** What goes after the base URL that clients of this API are given. */
  readonly base: string;
  /** Body of an error answer that says `message`. */
  readonly error: (message: string) => unknown;
}

const openAiError = (message: string): unknown => ({
  error: { message, type: 'invalid_request_error', param: null, code: null },
});

/** What tells the three APIs apart on the wire. */
export const API_SHAPES: Readonly<Record<ModelApi, ApiShape>> = {
  'openai-responses': { path: '/responses', base: '/v1', error: openAiError },
  'openai-chat': { path: '/chat/completions', base: '/v1', error: openAiError },
  'anthropic-messages': {
    path: '/v1/messages',
    base: '',
    error: (message) => ({ type: 'error', error: { type: 'invalid_request_error', message } }),
  },
};
