import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** One prompt, one agent message, no tool. */
export default execScenario({
  id: 'codex-thread_basic',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.' }],
  answers: () => [responses.answer(responses.message('Hello!'))],
});
