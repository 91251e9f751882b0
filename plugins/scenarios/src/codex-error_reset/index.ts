import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The connection is reset in the middle of an answer. */
export default execScenario({
  id: 'codex-error_reset',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [{ stream: [responses.created(), { do: 'reset' }] }],
});
