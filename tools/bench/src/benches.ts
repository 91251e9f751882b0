import type { Bench } from './harness.js';

/** Every benchmark, in the order of the table. */
export const BENCHES: readonly Bench[] = [];
