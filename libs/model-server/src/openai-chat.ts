import type { AnswerPart, ModelAnswer } from '@cliparity/plugin-api';

interface Delta {
  readonly delta: Readonly<Record<string, unknown>>;
  readonly finish?: 'stop' | 'tool_calls' | 'length';
}

/** Chunks of this API carry no name of their own. */
const chunk = (model: string, { delta, finish }: Delta): AnswerPart => ({
  do: 'event',
  data: {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 0,
    model,
    choices: [{ index: 0, delta, finish_reason: finish ?? null }],
  },
});
const END: AnswerPart = { do: 'raw', text: 'data: [DONE]\n\n' };

/** Builders for scripts of the chat completions API. */
export const chat = {
  chunk,
  end: END,
  /** A whole answer of one message. */
  say: (model: string, ...pieces: readonly string[]): ModelAnswer => ({
    stream: [
      chunk(model, { delta: { role: 'assistant', content: '' } }),
      ...pieces.map((content) => chunk(model, { delta: { content } })),
      chunk(model, { delta: {}, finish: 'stop' }),
      END,
    ],
  }),
  /** A whole answer that calls one function. */
  call: (model: string, call: { readonly name: string; readonly args: unknown }): ModelAnswer => ({
    stream: [
      chunk(model, {
        delta: {
          role: 'assistant',
          tool_calls: [
            {
              index: 0,
              id: 'call_1',
              type: 'function',
              function: { name: call.name, arguments: JSON.stringify(call.args) },
            },
          ],
        },
      }),
      chunk(model, { delta: {}, finish: 'tool_calls' }),
      END,
    ],
  }),
  error: (status: number, message: string): ModelAnswer => ({
    status,
    json: { error: { message, type: 'invalid_request_error', param: null, code: null } },
  }),
} as const;
