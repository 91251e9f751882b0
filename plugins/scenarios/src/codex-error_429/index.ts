import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The API says that there were too many requests. */
export default execScenario({
  id: 'codex-error_429',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [responses.error(429, 'slow down', 'rate_limit_exceeded')],
});
