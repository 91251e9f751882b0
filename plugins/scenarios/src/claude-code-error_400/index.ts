import { messages } from '@cliparity/model-server';
import { printScenario } from '../claude-code/print-scenario.js';

/** The API says that the request is wrong; the program asks a few times more in other ways. */
export default printScenario({
  id: 'claude-code-error_400',
  revision: 1,
  runs: [{ prompt: 'Say hello.', exit: 1 }],
  answers: [{ ...messages.error(400, 'invalid_request_error', 'the request is wrong'), times: 'any' }],
});
