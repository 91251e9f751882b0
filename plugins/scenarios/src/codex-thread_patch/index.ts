import { responses } from '@cliparity/model-server';
import type { AnswerPart } from '@cliparity/plugin-api';
import { execScenario } from '../codex/exec-scenario.js';

const patch = (id: string, ...lines: readonly string[]): AnswerPart =>
  responses.customToolCall('apply_patch', ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n'), id);

/** One patch adds a file, another changes one. Two files in one patch would come in no fixed order. */
export default execScenario({
  id: 'codex-thread_patch',
  revision: 1,
  files: { 'cwd/notes.txt': 'old\n' },
  runs: () => [{ prompt: 'Patch the files.', sandbox: 'workspace-write' }],
  answers: () => [
    responses.answer(patch('1', '*** Add File: added.txt', '+new')),
    { ...responses.answer(patch('2', '*** Update File: notes.txt', '@@', '-old', '+changed')), delayMs: 300 },
    { ...responses.answer(responses.message('Patched.')), delayMs: 300 },
  ],
});
