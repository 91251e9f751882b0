import { execScenario } from '../codex/exec-scenario.js';

/** The variable with the key is not there; nobody is asked. */
export default execScenario({
  id: 'codex-error_missing_key',
  revision: 1,
  withoutKey: true,
  runs: () => [{ prompt: 'Say hello.', exit: 1 }],
  answers: () => [],
});
