import { responses } from '@cliparity/model-server';
import { lt } from 'semver';
import { execScenario } from '../codex/exec-scenario.js';

/** The user stops it while the model thinks: the stream just ends. A signal that comes as early as can be is lost now and then by the oldest version. */
export default execScenario({
  id: 'codex-thread_interrupt',
  revision: 2,
  runs: (version) => [
    {
      prompt: 'Take your time.',
      stop: { after: 'turn.started', asked: 1, delayMs: 400, signal: 'SIGINT' },
      exit: lt(version, '0.117.0') ? 0 : 1,
    },
  ],
  answers: () => [{ stream: [responses.created(), { do: 'hang' }], times: 'any' }],
});
