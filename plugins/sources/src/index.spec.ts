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
    // npm’s own configuration belongs to the workspace, everything else to the root that uses the source.
    const folder = one.id === 'npm' ? TOKENS.workspace : TOKENS.baseDir;
    expect(factory).toHaveProperty('inject', [TOKENS.settings, folder]);
    expect(one.settings).toMatchObject({ type: 'object', additionalProperties: false });
  });
});
