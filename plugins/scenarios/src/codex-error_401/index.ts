import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The API does not know the key. */
export default execScenario({
  id: 'codex-error_401',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [responses.error(401, 'unknown key', 'invalid_api_key')],
});
