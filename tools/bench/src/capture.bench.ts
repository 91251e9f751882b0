import { join } from 'node:path';
import { pageStoreIn } from '@cliparity/capture';
import { nativeRunner, runIsolated } from '@cliparity/runners';
import { captureCodex, codexBinary, codexUnavailable, type CodexBinary } from './codex-binary.js';
import type { Bench, BenchContext, OpenBench } from './harness.js';
import { scratchFolder } from './scratch-folder.js';

const CONCURRENCY = 2;

/** Starts the same program as often, through the same runner under the same isolation, and looks at nothing. */
async function spawnOnly(codex: CodexBinary, scratch: string, list: readonly (readonly string[])[]): Promise<void> {
  const { settings } = codex;
  const run = async (argv: readonly string[]): Promise<void> => {
    await runIsolated({
      ...nativeRunner.command(codex.path, argv),
      scratch,
      env: settings.env,
      timeoutMs: settings.timeout_ms,
      maxOutputBytes: settings.max_output_bytes,
      columns: settings.columns,
    });
  };
  // The version is asked before anything else on both sides, so it weighs the same.
  await run(settings.version_argv);
  const left = [...list];
  const worker = async (): Promise<void> => {
    for (let argv = left.shift(); argv !== undefined; argv = left.shift()) await run(argv);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function open(context: BenchContext): Promise<OpenBench> {
  const codex = await codexBinary(context);
  const folder = await scratchFolder(context.workspace);
  const scratch = folder.path;
  let serial = 0;
  const capture = async () => {
    serial += 1;
    const store = pageStoreIn(join(scratch, `pages-${serial}`));
    return captureCodex(codex, { store, scratch, concurrency: CONCURRENCY });
  };
  const store = pageStoreIn(join(scratch, 'pages-0'));
  const { settings_sha256 } = await captureCodex(codex, { store, scratch, concurrency: CONCURRENCY });
  const { stored } = await store.read({ binary_sha256: codex.entry.binary_sha256, settings_sha256 });
  const list = stored?.pages.map((page) => page.argv) ?? [];
  const checked = async (): Promise<void> => {
    const { captured, reused } = await capture();
    if (captured !== list.length || reused > 0) throw new Error(`captured ${captured} pages and reused ${reused}`);
  };
  return {
    comparisons: [
      {
        name: 'capture / spawn',
        about: `${list.length} pages of codex ${codex.entry.semantic_version} into an empty page store, against the same runs with the output discarded`,
        limit: 1.25,
        runs: 11,
        subject: checked,
        floor: () => spawnOnly(codex, scratch, list),
      },
    ],
    close: folder.remove,
  };
}

/** What reading, walking and storing cost on top of the runs that no capture can do without. */
export const captureBench: Bench = { name: 'capture', unavailable: codexUnavailable, open };
