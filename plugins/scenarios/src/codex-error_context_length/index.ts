import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The conversation no longer fits the model. */
export default execScenario({
  id: 'codex-error_context_length',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [
    { stream: [responses.created(), responses.failed('context_length_exceeded', 'too long for the model')] },
  ],
});
