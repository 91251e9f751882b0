import { responses } from '@cliparity/model-server';
import { appScenario, startThread, turn } from '../codex/app-scenario.js';

/** The message comes in pieces, which only this transport tells. */
export default appScenario({
  id: 'codex-app_deltas',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [{ moves: [...startThread(), ...turn('Say hello slowly.')] }],
  answers: () => [responses.answer(...responses.deltas(['Hel', 'lo', '!']))],
});
