import { TOKENS, type Source } from '@cliparity/plugin-api';
import { createNpmSource } from './npm-source.js';
import type { NpmSourceSettings } from './settings.js';

/** The npm source of one root; its settings were checked against the schema before. */
function npmSource(settings: NpmSourceSettings, workspace: string): Source {
  return createNpmSource({ settings, cwd: workspace });
}
npmSource.inject = [TOKENS.settings, TOKENS.workspace];

export default npmSource;
