import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HOUSE, makeClone, type Clone } from './support/clone.js';

jest.setTimeout(180_000);

const VERSION = '0.125.0';
const METADATA = `cli_manifests/codex/versions/${VERSION}.json`;
const runsHere = process.platform === 'linux' && process.arch === 'x64';
const onLinux = runsHere ? describe : describe.skip;

onLinux('codex, validated by the tests of its SDK (skipped where the binary does not run)', () => {
  let clone: Clone;
  const cliparity = (...args: readonly string[]) =>
    clone.run(process.execPath, ['apps/cli/bin/cliparity.mjs', ...args]);
  const changes = async (): Promise<string> => (await clone.run('git', ['status', '--porcelain'])).stdout;
  const read = (): string => readFileSync(join(clone.path, METADATA), 'utf8');

  beforeAll(async () => {
    clone = await makeClone();
    mkdirSync(join(clone.path, 'dist/test-artifacts'), { recursive: true });
    symlinkSync(join(HOUSE, 'dist/test-artifacts/wrapper'), join(clone.path, 'dist/test-artifacts/wrapper'));
  });
  afterAll(() => clone.remove());

  it('is derived again from what is committed', async () => {
    for (const version of ['0.92.0', VERSION, '0.169.0'])
      expect(await cliparity('verify', 'codex', version, '--check')).toMatchObject({ exit: 0 });
    expect(await cliparity('promote', 'codex', 'latest_validated', '--check')).toMatchObject({ exit: 0 });
    expect((await cliparity('status', 'codex')).stdout).toContain(`validated ${VERSION}`);
  });

  it('gives the committed bytes when the SDK drives the real binary once more, with nothing on record', async () => {
    const committed = read();
    rmSync(join(clone.path, METADATA));
    const ran = await cliparity('verify', 'codex', VERSION);
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stdout).toContain(`codex ${VERSION} is validated`);
    expect(read()).toBe(committed);
    expect(await changes()).toBe('');
  });

  it('is found out when the SDK gets another program than the one it was tested with', async () => {
    const words = ['--', 'env', 'CLIPARITY_BINARY=/bin/false', 'node', 'integration/wrapper/run.mjs'];
    const ran = await cliparity('verify', 'codex', VERSION, '--json', ...words);
    expect(ran.exit).toBe(1);
    const { findings } = JSON.parse(ran.stdout) as { findings: { code: string }[] };
    expect(findings.map(({ code }) => code)).toEqual(['WRAPPER_TESTS_FAILED', 'GATE_NOT_MET']);
    expect(ran.stderr).toContain('[exit 1]');
    expect(await changes()).toBe('');
  });
});
