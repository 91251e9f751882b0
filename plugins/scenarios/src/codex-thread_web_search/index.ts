import { responses } from '@cliparity/model-server';
import { execScenario } from '../codex/exec-scenario.js';

/** A search that the model’s side did by itself. */
export default execScenario({
  id: 'codex-thread_web_search',
  revision: 1,
  runs: () => [{ prompt: 'Search the web.' }],
  answers: () => [responses.answer(responses.webSearch('golden files'), responses.message('Found it.'))],
});
