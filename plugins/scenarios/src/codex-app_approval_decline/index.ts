import { shellCall, slow, toolTurn } from '../codex/codex-calls.js';
import { appScenario, startThread, turn } from '../codex/app-scenario.js';

/** The user declines a command; the turn goes on. */
export default appScenario({
  id: 'codex-app_approval_decline',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [
    {
      moves: [...startThread({ approvalPolicy: 'on-request' }), ...turn('Run something.')],
      answers: { 'item/commandExecution/requestApproval': { decision: 'decline' } },
    },
  ],
  answers: (version) =>
    toolTurn(
      shellCall(version, slow('echo asked'), {
        more: { sandbox_permissions: 'require_escalated', justification: 'to see' },
      }),
      'Asked.',
    ),
});
