import { messages } from '@cliparity/model-server';
import { printScenario } from '../claude-code/print-scenario.js';

/** The API fails. */
export default printScenario({
  id: 'claude-code-error_500',
  revision: 1,
  runs: [{ prompt: 'Say hello.', exit: 1 }],
  answers: [messages.error(500, 'api_error', 'it broke')],
});
