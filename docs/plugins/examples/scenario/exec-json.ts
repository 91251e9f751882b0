import type { Scenario } from '@cliparity/plugin-api';

/** Tells the upstream to ask the scripted model, and nobody else. */
const CONFIG = `model = "gpt-5.4"
model_provider = "scripted"
check_for_update_on_startup = false

[analytics]
enabled = false

[features]
plugins = false
apps = false

[model_providers.scripted]
name = "scripted"
base_url = "{{model}}"
env_key = "SCRIPTED_API_KEY"
wire_api = "responses"
`;

/** One prompt, answered by a model that says one word; the stream of events is what is kept. */
const scenario: Scenario = {
  id: 'exec-json',
  revision: 1,
  cli: 'codex',
  fits: '>=0.117.0 <0.169.0',
  plan: ({ version }) => ({
    files: { 'home/.codex/config.toml': CONFIG, 'cwd/README.md': `# A folder to work in\n\nMade for ${version}.\n` },
    env: { SCRIPTED_API_KEY: 'any-key-will-do' },
    steps: [{ kind: 'exec', argv: ['exec', '--json', '--skip-git-repo-check', 'Say hello'] }],
    model: {
      api: 'openai-responses',
      answers: [
        {
          stream: [
            { do: 'event', data: { type: 'response.created', response: { id: 'one' } } },
            {
              do: 'event',
              data: {
                type: 'response.output_item.done',
                item: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'hello' }] },
              },
            },
            { do: 'event', data: { type: 'response.completed', response: { id: 'one' } } },
          ],
        },
      ],
    },
  }),
};
export default scenario;
