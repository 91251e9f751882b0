import type { AnswerPart, ModelAnswer } from '@cliparity/plugin-api';

const event = (data: Readonly<Record<string, unknown>>): AnswerPart => ({ do: 'event', data });

/** Builders for scripts of the Anthropic Messages API. A block is all events of one content block. */
export const messages = {
  start: (model: string, id = 'msg_1'): AnswerPart =>
    event({
      type: 'message_start',
      message: {
        id,
        type: 'message',
        role: 'assistant',
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 11, cache_creation_input_tokens: 0, cache_read_input_tokens: 3, output_tokens: 1 },
      },
    }),
  text: (pieces: readonly string[], index = 0): readonly AnswerPart[] => [
    event({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } }),
    ...pieces.map((text) => event({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } })),
    event({ type: 'content_block_stop', index }),
  ],
  toolUse: (
    tool: { readonly name: string; readonly input: unknown; readonly id?: string },
    index = 0,
  ): readonly AnswerPart[] => [
    event({
      type: 'content_block_start',
      index,
      content_block: { type: 'tool_use', id: tool.id ?? 'toolu_1', name: tool.name, input: {} },
    }),
    event({
      type: 'content_block_delta',
      index,
      delta: { type: 'input_json_delta', partial_json: JSON.stringify(tool.input) },
    }),
    event({ type: 'content_block_stop', index }),
  ],
  stop: (reason: 'end_turn' | 'tool_use' | 'max_tokens' = 'end_turn'): readonly AnswerPart[] => [
    event({
      type: 'message_delta',
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: 7 },
    }),
    event({ type: 'message_stop' }),
  ],
  /** A whole answer of one text block. */
  say: (model: string, ...pieces: readonly string[]): ModelAnswer => ({
    stream: [messages.start(model), ...messages.text(pieces), ...messages.stop()],
  }),
  /** A whole answer that calls one tool. */
  call: (model: string, tool: { readonly name: string; readonly input: unknown }): ModelAnswer => ({
    stream: [messages.start(model), ...messages.toolUse(tool), ...messages.stop('tool_use')],
  }),
  error: (status: number, type: string, message: string): ModelAnswer => ({
    status,
    json: { type: 'error', error: { type, message } },
  }),
} as const;
