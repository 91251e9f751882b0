import { messages } from '@cliparity/model-server';
import { printScenario } from '../claude-code/print-scenario.js';

/** The API says that there were too many requests. */
export default printScenario({
  id: 'claude-code-error_429',
  revision: 1,
  runs: [{ prompt: 'Say hello.', exit: 1 }],
  answers: [messages.error(429, 'rate_limit_error', 'slow down')],
});
