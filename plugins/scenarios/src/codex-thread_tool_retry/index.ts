import { responses } from '@cliparity/model-server';
import { shellCall, slow } from '../codex/codex-calls.js';
import { execScenario } from '../codex/exec-scenario.js';

/** A command fails, the model tries another. */
export default execScenario({
  id: 'codex-thread_tool_retry',
  revision: 1,
  runs: () => [{ prompt: 'Run it until it works.', sandbox: 'danger-full-access' }],
  answers: (version) => [
    responses.answer(shellCall(version, slow('echo broken; exit 3'))),
    { ...responses.answer(shellCall(version, slow('echo mended'), { id: '2' })), delayMs: 600 },
    { ...responses.answer(responses.message('The second try worked.', 'msg_3')), delayMs: 600 },
  ],
});
