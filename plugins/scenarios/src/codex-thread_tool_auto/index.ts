import { shellCall, slow, toolTurn } from '../codex/codex-calls.js';
import { execScenario } from '../codex/exec-scenario.js';

/** A command runs without asking; a resumed turn runs another. */
export default execScenario({
  id: 'codex-thread_tool_auto',
  revision: 1,
  runs: () => [
    { name: 'step1', prompt: 'Run a command.', take: { thread: 'thread_id' }, sandbox: 'danger-full-access' },
    { name: 'step2', prompt: 'Run another.', words: ['resume', '{{thread}}'], sandbox: 'danger-full-access' },
  ],
  answers: (version) => [
    ...toolTurn(shellCall(version, slow('echo one')), 'It printed one.'),
    ...toolTurn(shellCall(version, slow('echo two'), { id: '2' }), 'It printed two.'),
  ],
});
