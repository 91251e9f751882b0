import { describe, expect, it } from '@jest/globals';
import type { ModelScript } from '@cliparity/plugin-api';
import { Ajv } from 'ajv';
import { messages } from './anthropic-messages.js';
import { ModelScriptSchema } from './model-script-schema.js';
import { chat } from './openai-chat.js';
import { responses } from './openai-responses.js';

const validate = new Ajv({ allErrors: true }).compile(ModelScriptSchema);
const SCRIPTS: readonly ModelScript[] = [
  {
    api: 'openai-responses',
    answers: [
      responses.answer(responses.reasoning('why'), ...responses.deltas(['a', 'b']), responses.webSearch('q')),
      { ...responses.error(429, 'slow down', 'rate_limit'), when: { request: 2, contains: 'x' }, times: 'any' },
      { stream: [responses.failed('c', 'm'), responses.incomplete('r'), { do: 'wait', ms: 1 }, { do: 'hang' }] },
      {
        stream: [responses.functionCall({ name: 'f', args: {} }), { do: 'raw', text: 'x' }, { do: 'reset' }],
        delayMs: 5,
      },
    ],
  },
  { api: 'anthropic-messages', answers: [messages.say('m', 'x'), messages.call('m', { name: 't', input: {} })] },
  { api: 'openai-chat', answers: [chat.say('m', 'x'), chat.error(500, 'e')] },
];

describe('ModelScriptSchema', () => {
  it('takes what the builders make', () => {
    for (const script of SCRIPTS) expect([validate(script), validate.errors]).toEqual([true, null]);
  });

  it.each([
    {},
    { api: 'other', answers: [] },
    { api: 'openai-chat', answers: [{ status: 99 }] },
    { api: 'openai-chat', answers: [{ stream: [{ do: 'explode' }] }] },
    { api: 'openai-chat', answers: [{ when: { number: 1 } }] },
    { api: 'openai-chat', answers: [{ times: 0 }] },
    { api: 'openai-chat', answers: [], more: 1 },
  ])('refuses %j', (script) => {
    expect(validate(script)).toBe(false);
  });
});
