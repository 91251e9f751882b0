import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCHES } from './benches.js';
import { compare, measure, type Bench, type BenchContext, type Figure } from './harness.js';
import { benchmarkTable, type Skipped } from './report.js';

async function runBench(bench: Bench, context: BenchContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const take = (figure: Figure): void => {
    figures.push(figure);
    process.stderr.write(`bench: ${figure.bench} ${figure.name}: ${figure.value} ${figure.unit}\n`);
  };
  const { comparisons = [], measurements = [], close } = await bench.open(context);
  try {
    for (const comparison of comparisons) take(await compare(bench.name, comparison));
    for (const measurement of measurements) take(await measure(bench.name, measurement));
    return figures;
  } finally {
    await close?.();
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
