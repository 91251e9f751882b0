/** Milliseconds since some moment. */
export type Clock = () => number;

/** The clock on the wall; whatever else the machine does counts. */
export const wall: Clock = () => Number(process.hrtime.bigint()) / 1e6;

/** What this process has used of the processors, all its threads together: never less than the wall clock of an idle machine. */
export const processor: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};

/** One measured comparison: `subject` against `floor`, paired run by run, so that a busy machine slows both. */
export interface Comparison {
  readonly name: string;
  /** What the figure means, in one sentence. */
  readonly about: string;
  /** Upper bound of median(subject) / median(floor), as the issue states it. */
  readonly limit?: number;
  readonly runs?: number;
  /** What is read before and after a run: the wall clock unless said. `processor` is for work inside this process. */
  readonly clock?: Clock;
  readonly subject: () => Promise<void> | void;
  readonly floor: () => Promise<void> | void;
}
/** A single figure, such as MB/s or peak memory. */
export interface Measurement {
  readonly name: string;
  readonly about: string;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly measure: () => Promise<number> | number;
}
/** Where the benchmarks run. */
export interface BenchContext {
  /** Absolute path of the workspace. */
  readonly workspace: string;
}
/** A benchmark that is ready to run. */
export interface OpenBench {
  /** Taken one by one, so that a generator holds no more than one comparison's data. */
  readonly comparisons?: Iterable<Comparison>;
  readonly measurements?: Iterable<Measurement>;
  /** Deletes what `open` made. */
  readonly close?: () => Promise<void> | void;
}
/** What a file `*.bench.ts` exports. */
export interface Bench {
  readonly name: string;
  /** Says why this machine cannot run it, and what would help; undefined when it can. */
  readonly unavailable?: (context: BenchContext) => Promise<string | undefined> | string | undefined;
  /** Prepares everything that is not to be measured. */
  readonly open: (context: BenchContext) => Promise<OpenBench> | OpenBench;
}

export interface Figure {
  readonly bench: string;
  readonly name: string;
  readonly about: string;
  readonly unit: string;
  readonly value: number;
  readonly bound?: string;
  readonly within?: boolean;
  /** Milliseconds; medians of the paired runs. */
  readonly subject_ms?: number;
  readonly floor_ms?: number;
  readonly runs?: number;
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

async function timed(run: () => Promise<void> | void, clock: Clock): Promise<number> {
  const start = clock();
  await run();
  return clock() - start;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Runs both sides in turn (one warm-up each, order swapped every round) and compares their medians. */
export async function compare(bench: string, comparison: Comparison): Promise<Figure> {
  const { runs = 9, clock = wall, limit } = comparison;
  const subject: number[] = [];
  const floor: number[] = [];
  await comparison.floor();
  await comparison.subject();
  for (let turn = 0; turn < runs; turn += 1) {
    const sides = [
      async () => subject.push(await timed(comparison.subject, clock)),
      async () => floor.push(await timed(comparison.floor, clock)),
    ];
    for (const side of turn % 2 === 0 ? sides : sides.reverse()) await side();
  }
  const value = median(subject) / median(floor);
  return {
    bench,
    name: comparison.name,
    about: comparison.about,
    unit: 'ratio',
    value: round(value),
    ...(limit !== undefined && { bound: `<= ${limit}`, within: value <= limit }),
    subject_ms: round(median(subject)),
    floor_ms: round(median(floor)),
    runs,
  };
}

/** Takes one figure. */
export async function measure(bench: string, measurement: Measurement): Promise<Figure> {
  const value = await measurement.measure();
  const { atLeast, atMost } = measurement;
  const within = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
  const bound = [atLeast !== undefined && `>= ${atLeast}`, atMost !== undefined && `<= ${atMost}`]
    .filter(Boolean)
    .join(', ');
  return {
    bench,
    name: measurement.name,
    about: measurement.about,
    unit: measurement.unit,
    value: round(value),
    ...(bound !== '' && { bound, within }),
  };
}
