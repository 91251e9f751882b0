import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The API does not allow it. */
export default execScenario({
  id: 'codex-error_403',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [responses.error(403, 'not allowed', 'forbidden')],
});
