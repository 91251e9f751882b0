import { responses } from '@cliparity/model-server';
import { shellCall, slow } from '../codex/codex-calls.js';
import { appScenario, startThread, turn } from '../codex/app-scenario.js';

/** The user cancels a command, and the turn with it. */
export default appScenario({
  id: 'codex-app_approval_cancel',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [
    {
      moves: [...startThread({ approvalPolicy: 'on-request' }), ...turn('Run something.')],
      answers: { 'item/commandExecution/requestApproval': { decision: 'cancel' } },
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
