import { responses } from '@cliparity/model-server';
import { appScenario, startThread, startTurn } from '../codex/app-scenario.js';

/** A turn whose answer never comes. */
export default appScenario({
  id: 'codex-thread_auto_run_pending',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [{ moves: [...startThread(), startTurn('Take your time.'), { until: 'turn/started' }, { asked: 1 }] }],
  answers: () => [{ stream: [responses.created(), { do: 'hang' }] }],
});
