import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { COMMITTED_ON, HOUSE, makeClone, type Clone } from './support/clone.js';

jest.setTimeout(180_000);

const TARGET = 'x86_64-unknown-linux-musl';
const runsHere = process.platform === 'linux' && process.arch === 'x64';
const onLinux = runsHere ? describe : describe.skip;
const COMMAND = 'apps/cli/bin/cliparity.mjs';

interface OlderSnapshot {
  readonly commands: readonly {
    readonly path: readonly string[];
    readonly flags?: readonly { readonly long?: string; readonly short?: string }[];
    readonly args?: readonly { readonly name: string }[];
  }[];
}

/** Every unit of a version 1 snapshot, the reference’s `help` pseudo-commands aside. */
function unitsOf(snapshot: OlderSnapshot): string[] {
  return snapshot.commands
    .filter(({ path }) => !path.includes('help'))
    .flatMap(({ path, flags = [], args = [] }) => [
      `command ${path.join(' ')}`,
      ...flags.map((flag) => `flag ${path.join(' ')} ${flag.long ?? flag.short ?? ''}`),
      ...args.map((arg) => `arg ${path.join(' ')} ${arg.name}`),
    ]);
}

onLinux('codex, from the locked binary (skipped where the binary does not run)', () => {
  let clone: Clone;
  const cliparity = (args: readonly string[], env?: Record<string, string>) =>
    clone.run(process.execPath, [COMMAND, ...args], env);

  beforeAll(async () => {
    clone = await makeClone();
  });
  afterAll(() => clone.remove());

  it('does the main job: acquires, captures for real, and leaves the tree clean', async () => {
    const first = await cliparity(['report', 'codex', 'newest', '--chain']);
    expect(first).toMatchObject({ exit: 0 });
    expect(first.stderr).toMatch(/\d+ pages, 0 of them from the page store/);
    expect(first.stdout).toMatch(/cli_manifests\/codex\/reports\/0\.169\.0\/coverage\.any\.json/);
    const tree = await clone.run('git', ['status', '--porcelain']);
    expect(tree.stdout).toBe('');
  });

  it('does nothing twice: no transfer and no child, with an empty store, no PATH and a dead proxy', async () => {
    const empty = join(clone.path, '.cliparity', 'empty-store');
    const second = await cliparity(['report', 'codex', 'newest', '--chain'], {
      CLIPARITY_STORE: empty,
      PATH: '/nonexistent',
    });
    expect(second).toMatchObject({ exit: 0 });
    expect(second.stderr).toContain('binary up to date');
    expect(second.stderr).toMatch(/(\d+) pages, \1 of them from the page store/);
    expect(existsSync(empty)).toBe(false);
  });

  it.each(['0.92.0', '0.125.0', '0.169.0'])('reproduces the committed bytes of %s from the binary', async (version) => {
    const check = await cliparity(['snapshot', 'codex', version, '--target', TARGET, '--check', '--from-binary']);
    expect(check).toMatchObject({ exit: 0 });
    const chain = await cliparity(['rebuild', 'codex', '--check']);
    expect(chain).toMatchObject({ exit: 0 });
  });

  const emulated = existsSync('/usr/bin/qemu-aarch64-static') ? it : it.skip;
  emulated('fetches nothing for what only an emulator runs here (skipped without qemu-user-static)', async () => {
    // Every page of the native target is in the page store by now; a fetch of anything else would fail.
    const store = join(clone.path, '.cliparity', 'empty-store');
    const withEmulator = { CLIPARITY_EMULATION: '', CLIPARITY_STORE: store };
    expect((await cliparity(['doctor'], withEmulator)).stdout).toMatch(/aarch64-unknown-linux-musl +runner qemu-user/);
    const chain = await cliparity(['report', 'codex', 'newest', '--chain'], withEmulator);
    expect(chain).toMatchObject({ exit: 0 });
    expect(chain.stderr).toContain('aarch64-unknown-linux-musl: snapshot up-to-date');
    expect(await cliparity(['rebuild', 'codex', '--check'], withEmulator)).toMatchObject({ exit: 0 });
  });

  it('validates', async () => {
    // On the day it was made: what becomes due later is upkeep, and no defect of the program.
    expect(await cliparity(['validate', '--as-of', COMMITTED_ON])).toMatchObject({ exit: 0 });
  });

  const reference = join(
    process.env['CLIPARITY_REFERENCE'] ?? join(HOUSE, '../shared/reference/data'),
    'unified-agent-api/codex/snapshots/0.125.0',
    `${TARGET}.json`,
  );
  const withReference = existsSync(reference) ? it : it.skip;
  withReference('lists every unit that the reference lists (skipped without the reference data)', async () => {
    const exported = await cliparity(['export', 'codex', '0.125.0', '--format', 'parity-v2', '--json']);
    const { files } = JSON.parse(exported.stdout) as { files: Record<string, OlderSnapshot> };
    const ours = new Set(unitsOf(files[`snapshots/0.125.0/${TARGET}.json`] as OlderSnapshot));
    const theirs = unitsOf(JSON.parse(readFileSync(reference, 'utf8')) as OlderSnapshot);
    expect(theirs.length).toBeGreaterThan(400);
    expect(theirs.filter((unit) => !ours.has(unit))).toEqual([]);
  });
});
