import { responses } from '@cliparity/model-server';
import type { RpcMove } from '@cliparity/plugin-api';
import { gte } from 'semver';
import { appScenario, startThread, turn } from '../codex/app-scenario.js';

/** Newer versions tell about the thread's goal some time after they answered. */
const settled = (version: string): readonly RpcMove[] =>
  gte(version, '0.169.0') ? [{ until: 'thread/goal/cleared' }] : [];

/** A second server resumes the thread of the first. */
export default appScenario({
  id: 'codex-app_resume',
  revision: 1,
  fits: '>=0.117.0',
  runs: (version) => [
    { name: 'step1', moves: [...startThread(), ...turn('First question.')] },
    {
      name: 'step2',
      moves: [
        { call: 'thread/resume', params: { threadId: '{{thread}}' } },
        ...settled(version),
        ...turn('Second question.'),
      ],
    },
  ],
  answers: () => [
    responses.answer(responses.message('First answer.')),
    responses.answer(responses.message('Second answer.')),
  ],
});
