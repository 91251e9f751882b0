import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The answer stops because it grew too long. */
export default execScenario({
  id: 'codex-error_incomplete',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [{ stream: [responses.created(), responses.incomplete('max_output_tokens')] }],
});
