import { readFile } from 'node:fs/promises';
import { defaultStorePath, findEntry, openStore, readLock } from '@cliparity/acquisition';
import {
  captureBinary,
  helpPageOf,
  normalizeCrawl,
  pageStoreIn,
  type Capture,
  type CrawlSettings,
  type PageStore,
} from '@cliparity/capture';
import { openRoot } from '@cliparity/manifest-store';
import type { HelpPage, LockEntry } from '@cliparity/model';
import type { Dialect } from '@cliparity/plugin-api';
import { nativeRunner } from '@cliparity/runners';
import type { BenchContext } from './harness.js';
import { loadDialect } from './load-dialect.js';

const VERSION = '0.125.0';
const TARGET = 'x86_64-unknown-linux-musl';

/** The real program that the benchmarks run: pinned by the root's lock, taken from the store. */
export interface CodexBinary {
  /** Absolute path. */
  readonly path: string;
  readonly entry: LockEntry;
  readonly settings: CrawlSettings;
  readonly dialect: Dialect;
}

async function locate(context: BenchContext): Promise<Omit<CodexBinary, 'dialect'> | undefined> {
  const root = await openRoot(context.workspace, 'cli_manifests', 'codex');
  const lock = readLock(await readFile(root.layout.lock, 'utf8'), root.layout.lock);
  const entry = findEntry(lock, VERSION, TARGET);
  const store = openStore(defaultStorePath({ env: (name) => process.env[name] }));
  const found = await store.find(entry);
  return found && { path: found.binaryPath, entry, settings: normalizeCrawl(root.manifest.crawl) };
}

/** Why there is no program to run; undefined when there is one. */
export async function codexUnavailable(context: BenchContext): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `it runs a program built for ${TARGET}`;
  if ((await locate(context)) !== undefined) return undefined;
  return `the store has no codex ${VERSION}: run \`cliparity acquire codex ${VERSION} --target ${TARGET}\``;
}

/** The program. Call `codexUnavailable` first. */
export async function codexBinary(context: BenchContext): Promise<CodexBinary> {
  const found = await locate(context);
  if (found === undefined) throw new Error(`codex ${VERSION} is not in the store`);
  return { ...found, dialect: await loadDialect('clap') };
}

/** Where one capture reads and writes. */
export interface CapturePlace {
  readonly store: PageStore;
  readonly scratch: string;
  readonly concurrency: number;
}

/** Captures it as `cliparity snapshot` does. */
export async function captureCodex(codex: CodexBinary, place: CapturePlace): Promise<Capture> {
  return captureBinary({
    ...place,
    binary: {
      sha256: codex.entry.binary_sha256,
      version: codex.entry.semantic_version,
      name: 'codex',
      locate: async () => codex.path,
    },
    runner: nativeRunner,
    settings: codex.settings,
    rowsOf: (page) => codex.dialect.parse(page).commands,
    io: { signal: new AbortController().signal, emit: () => undefined },
  });
}

/** Its real help pages, as a dialect gets them. */
export async function codexPages(codex: CodexBinary, scratch: string): Promise<readonly HelpPage[]> {
  const capture = await captureCodex(codex, { store: pageStoreIn(scratch), scratch, concurrency: 2 });
  return capture.crawl.pages.map((page) => helpPageOf(page, codex.settings.stream, 'codex'));
}
