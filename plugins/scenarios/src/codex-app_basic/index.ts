import { responses } from '@cliparity/model-server';
import { appScenario, startThread, turn } from '../codex/app-scenario.js';

/** One turn over the app-server. The oldest version says twice, and at any time, that no MCP server had to start. */
export default appScenario({
  id: 'codex-app_basic',
  revision: 1,
  runs: () => [{ moves: [...startThread(), ...turn('Say hello.')], drop: ['codex/event/mcp_startup_complete'] }],
  answers: () => [responses.answer(responses.message('Hello!'))],
});
