import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

const SCHEMA = {
  type: 'object',
  properties: { answer: { type: 'integer' } },
  required: ['answer'],
  additionalProperties: false,
};

/** The answer fits the output schema. */
export default execScenario({
  id: 'codex-thread_structured',
  revision: 1,
  files: { 'cwd/schema.json': JSON.stringify(SCHEMA) },
  runs: () => [{ prompt: 'Answer in JSON.', words: ['--output-schema', 'schema.json'] }],
  answers: () => [responses.answer(responses.message('{"answer":42}'))],
});
