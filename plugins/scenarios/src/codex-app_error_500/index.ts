import { responses } from '@cliparity/model-server';
import { appScenario, startThread, turn } from '../codex/app-scenario.js';

/** The API fails; the error carries what exec leaves out. */
export default appScenario({
  id: 'codex-app_error_500',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [{ moves: [...startThread(), ...turn('Say hello.')] }],
  answers: () => [responses.error(500, 'it broke', 'server_error')],
});
