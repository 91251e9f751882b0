import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { API_VERSION, type Contribution, type Dialect, type Io, type Plugin, type Target } from '@cliparity/plugin-api';
import type { LoadedConfig } from './config/load-config.js';
import { createIo } from './io.js';
import { createKernel, type Kernel } from './kernel.js';

const made: string[] = [];
afterAll(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A fresh folder with the given files, gone after the test file; keys are relative paths. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cliparity-kernel-')));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** What was thrown, for tests that look at every field. */
export async function thrownBy(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

export const fakeIo = (): Io =>
  createIo({
    signal: new AbortController().signal,
    emit: () => undefined,
    fetch: () => Promise.reject(new Error('no network in this test')),
  });

export const fakeTarget = (id: string, aliases: readonly string[] = []): Target => ({
  id,
  revision: 1,
  os: 'linux',
  arch: 'x86_64',
  aliases,
});

export const fakeDialect = (id: string): Dialect => ({
  id,
  revision: 1,
  detect: () => 0,
  parse: () => ({ usage: [], commands: [], flags: [], args: [], unexplained: [] }),
});

/** A contribution whose module has the given default export, whatever that is. */
export function contribution(kind: Contribution['kind'], id: string, loaded: unknown): Contribution {
  return { kind, id, revision: 1, load: () => Promise.resolve({ default: loaded }) } as unknown as Contribution;
}

export const pluginOf = (name: string, ...contributions: readonly Contribution[]): Plugin => ({
  name,
  apiVersion: API_VERSION,
  contributions,
});

/** A kernel over plugins made in a test. */
export function bootWith(builtins: readonly Plugin[], loaded: Partial<LoadedConfig> = {}): Promise<Kernel> {
  const config = { config: {}, file: undefined, baseDir: '/', ...loaded };
  return createKernel({ workspace: '/', config, builtins, io: fakeIo() });
}
