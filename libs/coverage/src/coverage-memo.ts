import type { CoverageParts } from './build-reports.js';
import type { Desk } from './desk.js';

/**
 * What was judged for an earlier union, kept for the next: handed from version to version by whoever judges many. It holds one desk, which
 * serves as long as nothing but commands differs; what it knows of a command goes when the command goes.
 */
export interface CoverageMemo {
  desk?: Desk;
  /** What it was last asked for with. */
  parts?: CoverageParts;
}
