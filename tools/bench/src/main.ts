import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCHES } from './benches.js';
import { compare, measure, type Bench, type BenchContext, type Figure } from './harness.js';
import { benchmarkTable, type Skipped } from './report.js';

async function runBench(bench: Bench, context: BenchContext): Promise<readonly Figure[]> {
  await bench.setUp?.(context);
  try {
    const figures: Figure[] = [];
    for (const comparison of bench.comparisons?.(context) ?? []) figures.push(await compare(bench.name, comparison));
    for (const measurement of bench.measurements?.(context) ?? []) figures.push(await measure(bench.name, measurement));
    return figures;
  } finally {
    await bench.tearDown?.(context);
  }
}

/** Runs the benchmarks whose name contains one of the words (all when none), prints the table; a full run rewrites docs/benchmarks.*. */
export async function main(workspace: string, words: readonly string[]): Promise<number> {
  const context = { workspace };
  const figures: Figure[] = [];
  const skipped: Skipped[] = [];
  for (const bench of BENCHES.filter((b) => words.length === 0 || words.some((word) => b.name.includes(word)))) {
    const reason = await bench.unavailable?.(context);
    if (reason !== undefined) {
      skipped.push({ bench: bench.name, reason });
      continue;
    }
    process.stderr.write(`bench: ${bench.name}\n`);
    figures.push(...(await runBench(bench, context)));
  }
  const table = benchmarkTable(figures, skipped);
  process.stdout.write(table);
  if (words.length === 0) {
    mkdirSync(join(workspace, 'docs'), { recursive: true });
    writeFileSync(
      join(workspace, 'docs/benchmarks.json'),
      `${JSON.stringify({ schema_version: 1, figures, skipped }, null, 2)}\n`,
    );
    writeFileSync(join(workspace, 'docs/benchmarks.md'), table);
  }
  return figures.every((figure) => figure.within !== false) ? 0 : 1;
}
