import { dirname, resolve } from 'node:path';
import type { Config } from '@cliparity/model';
import { findConfig } from './find-config.js';

/** Where to look for the configuration. */
export interface ConfigRequest {
  /** Root of the workspace, absolute; the search ends there. */
  readonly workspace: string;
  /** The folder to start from, absolute; the workspace unless said. */
  readonly from?: string | undefined;
  /** `--config FILE`, relative to `from`: read this one and search nothing. */
  readonly file?: string | undefined;
  /** `--set PATH=VALUE`, in order. */
  readonly set?: readonly string[] | undefined;
}

/** A checked configuration and where it came from. */
export interface LoadedConfig {
  readonly config: Config;
  /** Absolute path of the file; undefined when there is none. */
  readonly file: string | undefined;
  /** The folder that plugin paths in the configuration start from. */
  readonly baseDir: string;
}

/**
 * Finds, reads and checks the configuration and applies `--set`. Without a file and without `--set` nothing is loaded but names of files.
 * @throws UsageError CONFIG_AMBIGUOUS, CONFIG_NOT_FOUND, CONFIG_INVALID_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_INVALID_VALUE, CONFIG_SET_FORM
 */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  const { workspace, from = workspace, set = [] } = request;
  const file = request.file === undefined ? findConfig(from, workspace) : resolve(from, request.file);
  let config: Config = {};
  if (file !== undefined) {
    const [{ readConfig }, { checkConfig }] = [await import('./read-config.js'), await import('./check-config.js')];
    config = checkConfig(await readConfig(file), file);
  }
  for (const option of set) {
    const { applySet } = await import('./set-option.js');
    config = applySet(config, option);
  }
  return { config, file, baseDir: file === undefined ? workspace : dirname(file) };
}
