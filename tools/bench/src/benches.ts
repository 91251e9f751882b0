import { acquireBench } from './acquire.bench.js';
import { captureBench } from './capture.bench.js';
import { deriveBench } from './derive.bench.js';
import { downloadBench } from './download.bench.js';
import type { Bench } from './harness.js';

import { harvestBench } from './harvest.bench.js';
import { helpBench } from './help.bench.js';
import { isolationBench } from './isolation.bench.js';
import { nxBench } from './nx.bench.js';
import { parseBench } from './parse.bench.js';
import { replayBench } from './replay.bench.js';
import { startBench } from './start.bench.js';
import { validateBench } from './validate.bench.js';

/** Every benchmark, in the order of the table. */
export const BENCHES: readonly Bench[] = [
  acquireBench,
  captureBench,
  isolationBench,
  parseBench,
  helpBench,
  downloadBench,
  startBench,
  harvestBench,
  replayBench,
  deriveBench,
  validateBench,
  nxBench,
];
