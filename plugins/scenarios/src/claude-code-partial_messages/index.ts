import { messages } from '@cliparity/model-server';
import { CLAUDE_MODEL, printScenario } from '../claude-code/print-scenario.js';

/** The answer in pieces, as the API sent it. */
export default printScenario({
  id: 'claude-code-partial_messages',
  revision: 1,
  runs: [{ prompt: 'Say hello slowly.', words: ['--include-partial-messages'] }],
  answers: [messages.say(CLAUDE_MODEL, 'Hel', 'lo', '!')],
});
