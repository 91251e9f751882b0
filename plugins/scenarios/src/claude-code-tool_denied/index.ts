import { messages } from '@cliparity/model-server';
import { CLAUDE_MODEL, printScenario } from '../claude-code/print-scenario.js';

/** A command that nobody allowed. */
export default printScenario({
  id: 'claude-code-tool_denied',
  revision: 1,
  runs: [{ prompt: 'Run a command.' }],
  answers: [
    messages.call(CLAUDE_MODEL, { name: 'Bash', input: { command: 'touch denied.txt', description: 'Makes a file' } }),
    messages.say(CLAUDE_MODEL, 'I may not.'),
  ],
});
