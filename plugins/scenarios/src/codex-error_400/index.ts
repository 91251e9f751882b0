import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The API says that the request is wrong. */
export default execScenario({
  id: 'codex-error_400',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [responses.error(400, 'the request is wrong', 'invalid_request')],
});
