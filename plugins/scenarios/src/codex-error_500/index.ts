import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The API fails. */
export default execScenario({
  id: 'codex-error_500',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [responses.error(500, 'it broke', 'server_error')],
});
