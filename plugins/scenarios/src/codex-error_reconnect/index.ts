import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The stream breaks once; the upstream says so, reconnects and succeeds. */
export default execScenario({
  id: 'codex-error_reconnect',
  revision: 1,
  settings: { streamRetries: 2 },
  runs: () => [{ prompt: 'Say hello.' }],
  answers: () => [{ stream: [responses.created()] }, responses.answer(responses.message('Back again.'))],
});
