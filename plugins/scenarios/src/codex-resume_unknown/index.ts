import { responses } from '@cliparity/model-server';
import { lt } from 'semver';
import { execScenario } from '../codex/exec-scenario.js';

/** A thread that nobody knows: older versions silently start a new one. */
export default execScenario({
  id: 'codex-resume_unknown',
  revision: 1,
  runs: (version) => [
    {
      prompt: 'Go on.',
      words: ['resume', '01234567-89ab-7cde-8f01-23456789abcd'],
      exit: lt(version, '0.117.0') ? 0 : 1,
    },
  ],
  answers: (version) => (lt(version, '0.117.0') ? [responses.answer(responses.message('A new thread.'))] : []),
});
