import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** Nothing of the session is kept; the stream looks the same. */
export default execScenario({
  id: 'codex-thread_ephemeral',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [{ prompt: 'Say hello.', words: ['--ephemeral'] }],
  answers: () => [responses.answer(responses.message('Hello!'))],
});
