import { messages } from '@cliparity/model-server';
import { CLAUDE_MODEL, printScenario } from '../claude-code/print-scenario.js';

/** An answer that fits a schema, given through a tool of the program’s own. */
export default printScenario({
  id: 'claude-code-structured',
  revision: 1,
  runs: [
    {
      prompt: 'Answer in JSON.',
      words: [
        '--json-schema',
        JSON.stringify({ type: 'object', properties: { answer: { type: 'integer' } }, required: ['answer'] }),
      ],
    },
  ],
  answers: [messages.call(CLAUDE_MODEL, { name: 'StructuredOutput', input: { answer: 42 } })],
});
