import { messages } from '@cliparity/model-server';
import { CLAUDE_MODEL, printScenario } from '../claude-code/print-scenario.js';

/** A command that the command line allows. */
export default printScenario({
  id: 'claude-code-tool_allowed',
  revision: 1,
  runs: [{ prompt: 'Run a command.', words: ['--allowedTools', 'Bash(echo:*)'] }],
  answers: [
    messages.call(CLAUDE_MODEL, { name: 'Bash', input: { command: 'echo allowed', description: 'Says a word' } }),
    messages.say(CLAUDE_MODEL, 'It said a word.'),
  ],
});
