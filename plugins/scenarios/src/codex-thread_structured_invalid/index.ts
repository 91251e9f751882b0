import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

const SCHEMA = {
  type: 'object',
  properties: { answer: { type: 'integer' } },
  required: ['answer'],
  additionalProperties: false,
};

/** The answer is no JSON at all; the upstream passes it on. */
export default execScenario({
  id: 'codex-thread_structured_invalid',
  revision: 1,
  files: { 'cwd/schema.json': JSON.stringify(SCHEMA) },
  runs: () => [{ prompt: 'Answer in JSON.', words: ['--output-schema', 'schema.json'] }],
  answers: () => [responses.answer(responses.message('{"answer":'))],
});
