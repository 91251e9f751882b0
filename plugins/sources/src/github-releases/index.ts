import { join } from 'node:path';
import { openHttpCache } from '@cliparity/acquisition';
import { TOKENS, type Source } from '@cliparity/plugin-api';
import { createGithubSource } from './github-source.js';
import type { GithubSettings } from './settings.js';

/** The releases of one repository; its settings were checked against the schema before. Answers are kept in the run's store. */
function githubSource(settings: GithubSettings, store: string): Source {
  return createGithubSource({ settings, cacheFor: () => openHttpCache(join(store, 'http-cache')) });
}
githubSource.inject = [TOKENS.settings, TOKENS.store];

export default githubSource;
