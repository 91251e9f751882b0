import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** A summary of the model’s reasoning stands before its message. */
export default execScenario({
  id: 'codex-thread_reasoning',
  revision: 1,
  runs: () => [{ prompt: 'Think, then answer.' }],
  answers: () => [responses.answer(responses.reasoning('Weighing two ways.'), responses.message('The second way.'))],
});
