import { describe, expect, it } from '@jest/globals';
import { API_VERSION, TOKENS } from '@cliparity/plugin-api';
import { sourcesPlugin } from './index.js';

describe('the registry of sources', () => {
  it('lists all, for this contract', () => {
    expect(sourcesPlugin.contributions.map((one) => one.id)).toEqual(['github-releases', 'local', 'npm']);
    expect(sourcesPlugin.apiVersion).toBe(API_VERSION);
  });
  it.each(sourcesPlugin.contributions)('$id loads a factory that says what it wants', async (one) => {
    const { default: factory } = await one.load();
    // npm’s own configuration belongs to the workspace, kept answers to the store, everything else to the root that uses the source.
    const folders = { npm: TOKENS.workspace, 'github-releases': TOKENS.store, local: TOKENS.baseDir } as const;
    expect(factory).toHaveProperty('inject', [TOKENS.settings, folders[one.id as keyof typeof folders]]);
    expect(one.settings).toMatchObject({ type: 'object', additionalProperties: false });
  });
});
