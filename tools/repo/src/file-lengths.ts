import type { HouseFile } from './house-tree.js';

/** Lines of the source files: median, 95th percentile, longest. */
export interface LengthReport {
  readonly files: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** Files over the limit, longest first. */
  readonly over: readonly { readonly path: string; readonly lines: number }[];
}

/** No source file may be longer. */
export const LONGEST_FILE = 230;

/** The index of a plugin family is written by `registries`, one entry a folder. */
const REGISTRY = /^plugins\/(?!nx\/)[a-z]+\/src\/index\.ts$/;

const isSource = (path: string): boolean =>
  !REGISTRY.test(path) &&
  /^(?:apps|libs|plugins|tools)\/.+\.ts$/.test(path) &&
  !/\.(?:spec|bench|generated)\.ts$|\/cases\//.test(path);

/** Measures the source files: TypeScript that is neither test, benchmark, data nor generated. */
export function lengthReport(files: Iterable<HouseFile>): LengthReport {
  const measured = [...files]
    .filter(({ path }) => isSource(path))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }))
    .sort((a, b) => b.lines - a.lines);
  const at = (share: number) => measured[Math.floor((measured.length - 1) * (1 - share))]?.lines ?? 0;
  return {
    files: measured.length,
    p50: at(0.5),
    p95: at(0.95),
    max: at(1),
    over: measured.filter(({ lines }) => lines > LONGEST_FILE),
  };
}
