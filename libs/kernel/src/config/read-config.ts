import { statSync } from 'node:fs';
import { UsageError } from '@cliparity/model';
import { cosmiconfig } from 'cosmiconfig';

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/**
 * What a configuration file says, unchecked; `{}` for an empty file.
 * This module brings cosmiconfig with it: import it when there is a file. TypeScript is loaded for a `.ts` file only.
 * @throws UsageError CONFIG_NOT_FOUND, CONFIG_INVALID_SYNTAX
 */
export async function readConfig(file: string): Promise<unknown> {
  if (!(statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)) {
    throw new UsageError('CONFIG_NOT_FOUND', `the configuration file ${file} does not exist`, {
      where: file,
      remedy: 'Check the path given with --config, or leave it out to have the workspace searched.',
    });
  }
  try {
    const found = await cosmiconfig('cliparity', { cache: false, searchStrategy: 'none' }).load(file);
    const config: unknown = found?.config;
    return config ?? {};
  } catch (cause) {
    throw new UsageError('CONFIG_INVALID_SYNTAX', `${file} cannot be read: ${reasonOf(cause)}`, {
      where: file,
      remedy: 'Mend the syntax at the place named; a .ts file also needs the package "typescript".',
      cause,
    });
  }
}
