import type { Scenario } from '@cliparity/plugin-api';

/** One prompt, answered by a model that says one word; the stream of events is what is kept. */
const scenario: Scenario = {
  id: 'exec-json',
  revision: 1,
  cli: 'codex',
  fits: '>=0.100.0',
  plan: ({ version }) => ({
    files: { 'cwd/README.md': `# A folder to work in\n\nMade for ${version}.\n` },
    steps: [{ kind: 'exec', argv: ['exec', '--json', '--skip-git-repo-check', 'Say hello'] }],
    model: {
      api: 'openai-responses',
      answers: [
        {
          stream: [
            { do: 'event', data: { type: 'response.output_text.delta', delta: 'hello' } },
            { do: 'event', data: { type: 'response.completed', response: { id: 'one' } } },
          ],
        },
      ],
    },
  }),
};
export default scenario;
