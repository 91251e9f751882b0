import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** An event that is no JSON: the upstream skips it. */
export default execScenario({
  id: 'codex-error_malformed_stream',
  revision: 1,
  runs: () => [{ prompt: 'Say hello.' }],
  answers: () => [
    {
      stream: [
        responses.created(),
        { do: 'raw', text: 'event: response.output_item.done\ndata: {"type":"response.output_item.done","item":\n\n' },
        responses.completed(),
      ],
    },
  ],
});
