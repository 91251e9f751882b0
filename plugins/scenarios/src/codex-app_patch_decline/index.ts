import { responses } from '@cliparity/model-server';
import { toolTurn } from '../codex/codex-calls.js';
import { appScenario, startThread, turn } from '../codex/app-scenario.js';

/** The user declines a patch; the turn goes on. */
export default appScenario({
  id: 'codex-app_patch_decline',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [
    {
      moves: [...startThread({ approvalPolicy: 'on-request' }), ...turn('Patch a file.')],
      answers: { 'item/fileChange/requestApproval': { decision: 'decline' } },
    },
  ],
  answers: () =>
    toolTurn(
      responses.customToolCall('apply_patch', '*** Begin Patch\n*** Add File: added.txt\n+new\n*** End Patch\n'),
      'Asked.',
    ),
});
