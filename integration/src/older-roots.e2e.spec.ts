import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { HOUSE } from './support/clone.js';

jest.setTimeout(180_000);

const DATA = join(process.env['CLIPARITY_REFERENCE'] ?? join(HOUSE, '../shared/reference/data'), 'unified-agent-api');
const withData = existsSync(DATA) ? describe : describe.skip;

interface Findings {
  readonly findings: readonly { readonly code: string; readonly location: { readonly file: string } }[];
}

withData('an older root, read as it is (skipped without the reference data)', () => {
  let workspace: string;
  const cliparity = async (...args: string[]) => {
    const words = ['apps/cli/bin/cliparity.mjs', '-C', workspace, ...args, '--json'];
    const { exitCode, stdout } = await execa(process.execPath, words, { cwd: HOUSE, reject: false });
    const { findings } = JSON.parse(stdout) as Findings;
    return { exit: exitCode, files: findings.map(({ location }) => location.file.replace('cli_manifests/codex/', '')) };
  };

  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'cliparity-older-'));
    await symlink(DATA, join(workspace, 'cli_manifests'));
  });
  afterAll(() => rm(workspace, { recursive: true, force: true }));

  it('is clean for the reference’s own rules', async () => {
    expect(await cliparity('validate', 'codex', '--profile', 'parity')).toEqual({ exit: 0, files: [] });
  });
  it.each(['0.61.0', '0.92.0', '0.125.0'])('gives the committed union of %s again, byte for byte', async (version) => {
    expect(await cliparity('union', 'codex', version, '--check')).toEqual({ exit: 0, files: [] });
  });
  it('gives the reports of 0.125.0 again, byte for byte', async () => {
    expect(await cliparity('report', 'codex', '0.125.0', '--check')).toEqual({ exit: 0, files: [] });
  });
  it.each(['0.61.0', '0.92.0'])('names the stale reports of %s', async (version) => {
    const files = ['any', 'x86_64-unknown-linux-musl'].map((name) => `reports/${version}/coverage.${name}.json`);
    expect(await cliparity('report', 'codex', version, '--check')).toEqual({ exit: 1, files });
  });
  it('is told, under strict, of those, and of unions that are older than a target', async () => {
    const { exit, files } = await cliparity('validate', 'codex', '--profile', 'strict');
    expect(exit).toBe(1);
    expect(files.filter((file) => file.startsWith('reports/'))).toHaveLength(4);
    expect(files.filter((file) => file.endsWith('/union.json'))).toHaveLength(2);
  });
});
