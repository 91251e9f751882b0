import { shellCall, toolTurn } from '../codex/codex-calls.js';
import { execScenario } from '../codex/exec-scenario.js';

/** A command that ends at once. */
export default execScenario({
  id: 'codex-thread_tool_fast',
  revision: 1,
  runs: () => [{ prompt: 'Run a quick command.', sandbox: 'danger-full-access' }],
  answers: (version) => toolTurn(shellCall(version, 'echo quick'), 'Done.'),
});
