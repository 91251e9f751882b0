import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** The model keeps a plan; the upstream tells it as a to-do list. */
export default execScenario({
  id: 'codex-thread_plan',
  revision: 1,
  fits: '<0.169.0',
  runs: () => [{ prompt: 'Make a plan.' }],
  answers: () => [
    responses.answer(
      responses.functionCall({
        name: 'update_plan',
        args: {
          plan: [
            { step: 'look', status: 'in_progress' },
            { step: 'leap', status: 'pending' },
          ],
        },
      }),
    ),
    responses.answer(
      responses.functionCall({
        name: 'update_plan',
        args: {
          plan: [
            { step: 'look', status: 'completed' },
            { step: 'leap', status: 'in_progress' },
          ],
        },
        id: '2',
      }),
    ),
    responses.answer(responses.message('Planned.')),
  ],
});
