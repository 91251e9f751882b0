import type { HelpPage } from '@cliparity/model';
import type { Dialect } from '@cliparity/plugin-api';
import { codexBinary, codexPages, codexUnavailable } from './codex-binary.js';
import {
  median,
  processor,
  type Bench,
  type BenchContext,
  type Comparison,
  type Measurement,
  type OpenBench,
} from './harness.js';
import { HOSTILE_TEXTS } from './hostile-text.js';
import { loadDialect } from './load-dialect.js';
import { scratchFolder } from './scratch-folder.js';

const MEGABYTE = 1_000_000;
/** Real pages are read over and over until so much is read; the pages of one CLI are too few to be timed. */
const REAL_BYTES = 4 * MEGABYTE;
const ROUNDS = 9;

/** MB per second of the processor over real pages, each read as a page of its own: the median of some rounds after one to warm up. */
function throughput(dialect: Dialect, pages: readonly HelpPage[]): number {
  const bytes = pages.reduce((sum, page) => sum + Buffer.byteLength(page.text), 0);
  const repeats = Math.ceil(REAL_BYTES / bytes);
  const round = (): number => {
    const start = processor();
    for (let turn = 0; turn < repeats; turn += 1) for (const page of pages) dialect.parse(page);
    return (bytes * repeats) / MEGABYTE / ((processor() - start) / 1000);
  };
  round();
  return median(Array.from({ length: ROUNDS }, round));
}

function realPages(dialect: Dialect, pages: readonly HelpPage[], atLeast?: number): Measurement {
  return {
    name: `${dialect.id}, real pages`,
    about: `the ${pages.length} help pages of codex, again and again to ${REAL_BYTES / MEGABYTE} MB, per second of the processor`,
    unit: 'MB/s',
    ...(atLeast !== undefined && { atLeast }),
    measure: () => throughput(dialect, pages),
  };
}

/** Ten times the text may take little more than ten times as long. Made one after the other: all texts at once fill the memory. */
function* hostile(dialects: readonly Dialect[]): Generator<Comparison> {
  const read = (dialect: Dialect, text: string) => (): void => {
    dialect.detect({ text });
    dialect.parse({ text });
  };
  for (const dialect of dialects) {
    for (const { name, make } of HOSTILE_TEXTS) {
      yield {
        name: `${dialect.id}, ${name}`,
        about: '10 MB against 1 MB of it, processor time',
        limit: 12,
        runs: 7,
        clock: processor,
        subject: read(dialect, make(10 * MEGABYTE)),
        floor: read(dialect, make(MEGABYTE)),
      };
    }
  }
}

async function open(context: BenchContext): Promise<OpenBench> {
  const codex = await codexBinary(context);
  const folder = await scratchFolder(context.workspace);
  const pages = await codexPages(codex, folder.path);
  const generic = await loadDialect('generic');
  return {
    comparisons: hostile([codex.dialect, generic]),
    measurements: [realPages(codex.dialect, pages, 20), realPages(generic, pages)],
    close: folder.remove,
  };
}

/** How fast a dialect reads real pages, and that no text makes it slow. */
export const parseBench: Bench = { name: 'parse', unavailable: codexUnavailable, open };
