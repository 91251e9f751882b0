import { messages } from '@cliparity/model-server';
import { CLAUDE_MODEL, printScenario } from '../claude-code/print-scenario.js';

/** One prompt, one answer. */
export default printScenario({
  id: 'claude-code-basic',
  revision: 1,
  runs: [{ prompt: 'Say hello.' }],
  answers: [messages.say(CLAUDE_MODEL, 'Hello!')],
});
