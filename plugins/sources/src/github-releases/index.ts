import { join } from 'node:path';
import { defaultStorePath, openHttpCache } from '@cliparity/acquisition';
import { TOKENS, type Source } from '@cliparity/plugin-api';
import { createGithubSource } from './github-source.js';
import type { GithubSettings } from './settings.js';

/** The releases of one repository; its settings were checked against the schema before. Answers are kept beside the user's store. */
function githubSource(settings: GithubSettings): Source {
  return createGithubSource({
    settings,
    cacheFor: (io) => openHttpCache(join(defaultStorePath({ env: io.env }), 'http-cache')),
  });
}
githubSource.inject = [TOKENS.settings, TOKENS.baseDir];

export default githubSource;
