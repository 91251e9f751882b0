import { messages } from '@cliparity/model-server';
import { CLAUDE_MODEL, printScenario } from '../claude-code/print-scenario.js';

/** A second process resumes the session of the first. */
export default printScenario({
  id: 'claude-code-resume',
  revision: 1,
  runs: [
    { name: 'step1', prompt: 'First question.', take: { session: 'session_id' } },
    { name: 'step2', prompt: 'Second question.', words: ['--resume', '{{session}}'] },
  ],
  answers: [messages.say(CLAUDE_MODEL, 'First answer.'), messages.say(CLAUDE_MODEL, 'Second answer.')],
});
