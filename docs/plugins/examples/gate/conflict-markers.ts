import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CouldNotRun, finding, type Gate } from '@cliparity/plugin-api';

/** No file of the change still holds the marks of a merge. */
const gate: Gate = {
  id: 'conflict-markers',
  revision: 1,
  inputs: ['**/*'],
  run: async ({ workspace, files }) => {
    const found = await Promise.all(
      files.map(async (file) => {
        const text = await readFile(join(workspace, file), 'utf8').catch((cause: unknown) => {
          // An empty list means clean, so what could not be read must not end as one.
          throw new CouldNotRun('EXAMPLE_UNREADABLE', `${file} cannot be read`, { where: file, cause });
        });
        const at = text.split('\n').findIndex((line) => line.startsWith('<<<<<<< '));
        const message = `${file} holds the marks of a merge`;
        return at < 0 ? [] : [finding({ code: 'EXAMPLE_CONFLICT_MARKERS', message, file, line: at + 1 })];
      }),
    );
    return found.flat();
  },
};
export default gate;
