import { shellCall, toolTurn } from '../codex/codex-calls.js';
import { execScenario } from '../codex/exec-scenario.js';

/** A command asks to leave the sandbox, which exec refuses by itself: only the model is told. */
export default execScenario({
  id: 'codex-thread_escalation_refused',
  revision: 1,
  runs: () => [{ prompt: 'Do something forbidden.' }],
  answers: (version) =>
    toolTurn(
      shellCall(version, 'echo x', { more: { sandbox_permissions: 'require_escalated', justification: 'to see' } }),
      'It was refused.',
    ),
});
