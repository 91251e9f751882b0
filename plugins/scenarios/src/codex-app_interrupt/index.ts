import { responses } from '@cliparity/model-server';
import { appScenario, startThread, startTurn } from '../codex/app-scenario.js';

/** The client interrupts a turn while the model thinks. */
export default appScenario({
  id: 'codex-app_interrupt',
  revision: 1,
  fits: '>=0.117.0',
  runs: () => [
    {
      moves: [
        ...startThread(),
        startTurn('Take your time.'),
        { until: 'turn/started' },
        { asked: 1 },
        { call: 'turn/interrupt', params: { threadId: '{{thread}}', turnId: '{{turn}}' } },
        { until: 'turn/completed' },
      ],
    },
  ],
  answers: () => [{ stream: [responses.created(), { do: 'hang' }] }],
});
