import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The API has no such model. */
export default execScenario({
  id: 'codex-error_404',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [responses.error(404, 'no such model', 'model_not_found')],
});
