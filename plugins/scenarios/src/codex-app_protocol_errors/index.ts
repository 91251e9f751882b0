import { appScenario } from '../codex/app-scenario.js';

const CLIENT = { clientInfo: { name: 'cliparity', title: 'cliparity', version: '1.0.0' } };

/** Asked too early, asked for what there is not, asked twice. */
export default appScenario({
  id: 'codex-app_protocol_errors',
  revision: 1,
  runs: () => [
    {
      uninitialised: true,
      moves: [
        { call: 'thread/start', params: {} },
        { call: 'initialize', params: CLIENT },
        { notify: 'initialized' },
        { call: 'initialize', params: CLIENT },
        { call: 'thread/read', params: { threadId: '01234567-89ab-7cde-8f01-23456789abcd', includeTurns: false } },
      ],
    },
  ],
  answers: () => [],
});
