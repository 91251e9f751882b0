import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { listRoots, openRoot } from './roots.js';
import { tempFolder } from './temp-folder.fixture.js';

const rules = `{
  "scope": "first of two equal keys",
  "scope": {},
  "union": {
    "required_target": "linux-x64",
    "expected_targets": ["linux-x64", "win32-x64"],
    "platform_mapping": { "linux-x64": "linux", "win32-x64": "windows" }
  },
  "parity_exclusions": { "schema_version": 1, "units": [{ "unit": "command", "path": ["app"], "note": "n" }] }
}`;
const manifest = {
  manifest_schema_version: 1,
  tool: 'new-cli',
  binary: 'new',
  sources: [{ use: 'npm', settings: { package: 'new' } }],
  targets: { required: 'linux-x64', expected: ['linux-x64'] },
};

async function workspace(files: Record<string, string>): Promise<string> {
  const folder = await tempFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}
const both = () =>
  workspace({
    'cli_manifests/new/cliparity.json': JSON.stringify(manifest),
    'cli_manifests/old/RULES.json': rules,
    'cli_manifests/support_matrix/current.json': '{}',
    'cli_manifests/README.md': '',
  });

describe('listRoots', () => {
  it('lists folders that hold a manifest or rules', async () => {
    await expect(listRoots(await both(), 'cli_manifests')).resolves.toEqual(['new', 'old']);
    await expect(listRoots(await tempFolder(), 'cli_manifests')).resolves.toEqual([]);
    const workspace = await tempFolder();
    await symlink('cli_manifests', join(workspace, 'cli_manifests'));
    await expect(listRoots(workspace, 'cli_manifests')).rejects.toMatchObject({ code: 'FILE_UNREADABLE', exitCode: 3 });
  });
});

describe('openRoot', () => {
  it('opens a current root', async () => {
    const folder = await both();
    const root = await openRoot(folder, 'cli_manifests', 'new');
    expect(root).toMatchObject({ kind: 'current', name: 'new', workspace: folder, manifest });
    expect(root.path).toBe(join(folder, 'cli_manifests', 'new'));
  });
  it('opens an older root from its rules, whose last of equal keys counts', async () => {
    const root = await openRoot(await both(), 'cli_manifests', 'old');
    expect(root).toMatchObject({
      kind: 'older',
      rules: { scope: {} },
      systems: { 'linux-x64': 'linux', 'win32-x64': 'windows' },
      manifest: {
        tool: 'old-cli',
        binary: 'old',
        sources: [],
        targets: { required: 'linux-x64', expected: ['linux-x64', 'win32-x64'] },
        exclusions: [{ unit: 'command', path: ['app'], note: 'n' }],
      },
    });
  });
  it('learns an older root’s tool, program and source from its other files', async () => {
    const folder = await workspace({
      'm/old_tool/RULES.json': rules,
      'm/old_tool/SCHEMA.json': JSON.stringify({
        $defs: { UpstreamSnapshotV1: { properties: { tool: { const: 'the-tool' } } } },
      }),
      'm/old_tool/artifacts.lock.json': JSON.stringify({ version: 1, upstream_repo: 'a/b', artifacts: [] }),
      'm/old_tool/current.json': JSON.stringify({ commands: [{ path: [], usage: 'prog [OPTIONS]\nprog X' }] }),
    });
    expect((await openRoot(folder, 'm', 'old_tool')).manifest).toMatchObject({
      tool: 'the-tool',
      binary: 'prog',
      sources: [{ use: 'github-releases', settings: { repository: 'a/b' } }],
    });
  });
  it('names the nearest root when there is none', async () => {
    await expect(openRoot(await both(), 'cli_manifests', 'neww')).rejects.toMatchObject({
      code: 'ROOT_UNKNOWN',
      exitCode: 2,
      message: expect.stringContaining('Did you mean "new"?'),
      remedy: expect.stringContaining('Known: new, old.'),
    });
  });
  it.each(['../outside', 'a/b', '..', ''])('refuses a root called %j', async (name) => {
    await expect(openRoot(await both(), 'cli_manifests', name)).rejects.toMatchObject({ code: 'NAME_INVALID' });
  });
  it('calls a wrong manifest wrong usage and says where', async () => {
    const wrong = JSON.stringify({ ...manifest, binry: 'x' });
    const folder = await workspace({ 'm/new/cliparity.json': wrong });
    await expect(openRoot(folder, 'm', 'new')).rejects.toMatchObject({
      code: 'FILE_SCHEMA_INVALID',
      exitCode: 2,
      where: expect.stringMatching(/cliparity\.json#\/binry$/),
      message: expect.stringContaining('Did you mean "binary"?'),
    });
  });
});

describe('the root somebody else committed', () => {
  const beside = fileURLToPath(new URL('../../../../shared/reference/data', import.meta.url));
  const data = join(process.env['CLIPARITY_REFERENCE'] ?? beside, 'unified-agent-api');
  const withData = existsSync(data) ? it : it.skip;
  withData('opens (skipped without the reference data)', async () => {
    const root = await openRoot(dirname(data), 'unified-agent-api', 'codex');
    expect(root.kind).toBe('older');
    expect(root.manifest).toMatchObject({
      tool: 'codex-cli',
      binary: 'codex',
      targets: { required: 'x86_64-unknown-linux-musl' },
    });
    expect(root.manifest.exclusions).toHaveLength(9);
  });
});
