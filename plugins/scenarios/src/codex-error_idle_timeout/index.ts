import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The model begins to answer and then says nothing more. */
export default execScenario({
  id: 'codex-error_idle_timeout',
  revision: 1,
  settings: { idleTimeoutMs: 700 },
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [{ stream: [responses.created(), { do: 'hang' }] }],
});
