import { responses } from '@cliparity/model-server';
import { toolTurn } from '../codex/codex-calls.js';
import { appScenario, startThread, turn } from '../codex/app-scenario.js';

/** The user allows a patch. */
export default appScenario({
  id: 'codex-app_patch_accept',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [
    {
      moves: [...startThread({ approvalPolicy: 'on-request' }), ...turn('Patch a file.')],
      answers: { 'item/fileChange/requestApproval': { decision: 'accept' } },
    },
  ],
  answers: () =>
    toolTurn(
      responses.customToolCall('apply_patch', '*** Begin Patch\n*** Add File: added.txt\n+new\n*** End Patch\n'),
      'Asked.',
    ),
});
