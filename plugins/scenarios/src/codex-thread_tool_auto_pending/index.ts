import { responses } from '@cliparity/model-server';
import { shellCall, slow } from '../codex/codex-calls.js';
import { appScenario, startThread, startTurn } from '../codex/app-scenario.js';

/** A command waits for an approval that never comes. */
export default appScenario({
  id: 'codex-thread_tool_auto_pending',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [
    {
      moves: [
        ...startThread({ approvalPolicy: 'on-request' }),
        startTurn('Run something.'),
        { until: 'item/commandExecution/requestApproval' },
      ],
    },
  ],
  answers: (version) => [
    responses.answer(
      shellCall(version, slow('echo asked'), {
        more: { sandbox_permissions: 'require_escalated', justification: 'to see' },
      }),
    ),
  ],
});
