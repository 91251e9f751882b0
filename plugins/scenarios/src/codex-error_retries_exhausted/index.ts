import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The stream breaks each time until the upstream gives up. */
export default execScenario({
  id: 'codex-error_retries_exhausted',
  revision: 1,
  settings: { streamRetries: 2 },
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [{ stream: [responses.created()], times: 3 }],
});
