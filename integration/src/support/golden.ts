import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEntry, openStore, readLock } from '@cliparity/acquisition';
import type { HarvestRequest, Upstream } from '@cliparity/harvest';
import type { Lock } from '@cliparity/model';
import type { Io, Scenario } from '@cliparity/plugin-api';
import { scenariosPlugin } from '@cliparity/plugin-scenarios';
import { ARTIFACTS, HOUSE } from './clone.js';

export const CODEX_TARGET = 'x86_64-unknown-linux-musl';
export const CODEX_FIXTURES = join(HOUSE, 'integration/fixtures/codex');
const LOCK_FILE = join(HOUSE, 'cli_manifests/codex/artifacts.lock.json');

const lock = (): Lock => readLock(readFileSync(LOCK_FILE, 'utf8'), LOCK_FILE);

/** Versions with committed fixtures. */
export const codexVersions = (): readonly string[] => readdirSync(CODEX_FIXTURES).sort();

/** The locked binary in the store of the tests; undefined when it is not there. */
export async function codexBinary(version: string): Promise<string | undefined> {
  const found = await openStore(ARTIFACTS).find(findEntry(lock(), version, CODEX_TARGET));
  return found?.binaryPath;
}

/** Every built-in scenario. */
export async function loadScenarios(): Promise<readonly Scenario[]> {
  const scenarios: Scenario[] = [];
  for (const { load } of scenariosPlugin.contributions) scenarios.push((await load()).default as Scenario);
  return scenarios;
}

/** A harvest of one committed version. Its runs happen outside of any repository: codex looks for one around its folder. */
export async function codexHarvest(
  version: string,
  binary: string,
): Promise<HarvestRequest & { readonly upstream: Upstream }> {
  const { binary_sha256: binarySha256 } = findEntry(lock(), version, CODEX_TARGET);
  return {
    upstream: { cli: 'codex', tool: 'codex-cli', version, target: CODEX_TARGET, binary, binarySha256 },
    scenarios: await loadScenarios(),
    mode: 'none',
    check: true,
    concurrency: 4,
    folders: {
      workspace: HOUSE,
      fixtures: join(CODEX_FIXTURES, version),
      pending: join(HOUSE, '.cliparity/pending/codex', version),
      scratch: join(tmpdir(), `cliparity-harvest-${process.getuid?.() ?? 'runs'}`),
    },
  };
}

/** The rim: no network of its own, a clock, no progress. */
export const quietIo = (): Io => ({
  signal: new AbortController().signal,
  now: () => new Date(),
  emit: () => undefined,
  env: () => undefined,
  fetch: () => Promise.reject(new Error('no network')),
  secret: (value) => value,
});
