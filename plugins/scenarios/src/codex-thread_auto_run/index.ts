import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** A second process resumes the thread of the first, and token counts go on. */
export default execScenario({
  id: 'codex-thread_auto_run',
  revision: 1,
  runs: () => [
    { name: 'step1', prompt: 'First question.', take: { thread: 'thread_id' } },
    { name: 'step2', prompt: 'Second question.', words: ['resume', '{{thread}}'] },
  ],
  answers: () => [
    responses.answer(responses.message('First answer.')),
    responses.answer(responses.message('Second answer.')),
  ],
});
