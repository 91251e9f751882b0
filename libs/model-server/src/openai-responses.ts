import type { AnswerPart, ModelAnswer } from '@cliparity/plugin-api';

type Item = Readonly<Record<string, unknown>>;

/** Tokens that an answer says it cost. */
export interface ResponsesUsage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}
const USAGE: ResponsesUsage = { input: 11, cached: 3, output: 7, reasoning: 2 };

const event = (data: Item): AnswerPart => ({ do: 'event', data });
const done = (item: Item): AnswerPart => event({ type: 'response.output_item.done', item });

/** Builders for scripts of the OpenAI Responses API. All ids are given or fixed, so that a script is the same bytes every time. */
export const responses = {
  created: (id = 'resp_1'): AnswerPart => event({ type: 'response.created', response: { id } }),
  message: (text: string, id = 'msg_1'): AnswerPart =>
    done({ type: 'message', role: 'assistant', id, content: [{ type: 'output_text', text }] }),
  reasoning: (text: string, id = 'rs_1'): AnswerPart =>
    done({ type: 'reasoning', id, summary: [{ type: 'summary_text', text }], encrypted_content: 'ZW5j' }),
  /** @param args the function's arguments; sent as JSON text, as the API does */
  functionCall: (call: {
    readonly name: string;
    readonly args: unknown;
    readonly id?: string;
    readonly namespace?: string;
  }): AnswerPart =>
    done({
      type: 'function_call',
      id: `fc_${call.id ?? '1'}`,
      ...(call.namespace !== undefined && { namespace: call.namespace }),
      name: call.name,
      arguments: JSON.stringify(call.args),
      call_id: `call_${call.id ?? '1'}`,
    }),
  customToolCall: (name: string, input: string, id = '1'): AnswerPart =>
    done({ type: 'custom_tool_call', id: `ctc_${id}`, name, input, call_id: `call_${id}`, status: 'completed' }),
  webSearch: (query: string, id = 'ws_1'): AnswerPart =>
    done({ type: 'web_search_call', id, status: 'completed', action: { type: 'search', query } }),
  /** A message in pieces: the item opens, its text comes in deltas, the whole item follows. */
  deltas: (pieces: readonly string[], id = 'msg_1'): readonly AnswerPart[] => [
    event({ type: 'response.output_item.added', item: { type: 'message', role: 'assistant', id, content: [] } }),
    ...pieces.map((delta) =>
      event({ type: 'response.output_text.delta', item_id: id, output_index: 0, content_index: 0, delta }),
    ),
    responses.message(pieces.join(''), id),
  ],
  completed: (usage: ResponsesUsage = USAGE, id = 'resp_1'): AnswerPart =>
    event({
      type: 'response.completed',
      response: {
        id,
        usage: {
          input_tokens: usage.input,
          input_tokens_details: { cached_tokens: usage.cached },
          output_tokens: usage.output,
          output_tokens_details: { reasoning_tokens: usage.reasoning },
          total_tokens: usage.input + usage.output,
        },
      },
    }),
  failed: (code: string, message: string, id = 'resp_1'): AnswerPart =>
    event({ type: 'response.failed', response: { id, status: 'failed', error: { code, message } } }),
  incomplete: (reason: string, id = 'resp_1'): AnswerPart =>
    event({ type: 'response.incomplete', response: { id, incomplete_details: { reason } } }),
  /** A whole answer: created, the parts, completed. */
  answer: (...parts: readonly AnswerPart[]): ModelAnswer => ({
    stream: [responses.created(), ...parts, responses.completed()],
  }),
  /** An error answer with the API's own body. */
  error: (status: number, message: string, code: string | null = null): ModelAnswer => ({
    status,
    json: { error: { message, type: 'invalid_request_error', param: null, code } },
  }),
} as const;
