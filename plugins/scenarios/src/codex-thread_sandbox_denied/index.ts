import { shellCall, slow, toolTurn } from '../codex/codex-calls.js';
import { execScenario } from '../codex/exec-scenario.js';

/** The sandbox keeps a command from writing; the turn goes on. */
export default execScenario({
  id: 'codex-thread_sandbox_denied',
  revision: 1,
  runs: () => [{ prompt: 'Write a file.' }],
  answers: (version) => toolTurn(shellCall(version, slow('echo x > denied.txt')), 'I may not write here.'),
});
