import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { folderOf } from './fake-plugins.js';
import { findWorkspace } from './workspace.js';

describe('findWorkspace', () => {
  it.each([
    ['a configuration', { 'cliparity.config.yaml': '' }],
    ['a key in package.json', { 'package.json': '{"cliparity":{}}' }],
    ['a folder of roots', { 'cli_manifests/codex/cliparity.json': '{}' }],
    ['an Nx workspace', { 'nx.json': '{}' }],
  ])('is the nearest folder above with %s', (_what, files) => {
    const folder = folderOf({ ...files, 'deep/er/package.json': '{"name":"cliparity"}' });
    expect(findWorkspace(join(folder, 'deep/er'))).toBe(folder);
  });

  it('is the nearest, not the topmost', () => {
    const folder = folderOf({ 'nx.json': '{}', 'in/cliparity.config.json': '{}', 'in/side/x': '' });
    expect(findWorkspace(join(folder, 'in/side'))).toBe(join(folder, 'in'));
  });

  it('is the folder itself when nothing is found', () => {
    const folder = folderOf({ 'a/package.json': '{"description":"no \\"cliparity\\" key"}', cli_manifests: 'a file' });
    expect(findWorkspace(join(folder, 'a'))).toBe(join(folder, 'a'));
  });
});
