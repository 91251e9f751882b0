/** What a batch is: tasks by id, and of which others of the batch each one waits. */
export interface Batch<R> {
  readonly ids: readonly string[];
  readonly dependenciesOf: (id: string) => readonly string[];
  /** Tasks that go first where they can run at all; their success does not matter. */
  readonly rather: (id: string) => readonly string[];
  readonly run: (id: string) => Promise<R>;
  readonly succeeded: (result: R) => boolean;
  /** Tasks of one lane run one after another. */
  readonly laneOf: (id: string) => string;
}

/**
 * Runs the tasks of a batch in an order that their dependencies allow and yields each as it ends. What waits for a task that failed is left
 * out: Nx skips it.
 */
export async function* schedule<R>(batch: Batch<R>): AsyncGenerator<readonly [id: string, result: R]> {
  const waiting = new Set(batch.ids);
  const succeeded = new Set<string>();
  const running = new Map<string, Promise<readonly [id: string, result: R]>>();
  const inBatch = new Set(batch.ids);
  const isReady = (id: string): boolean =>
    batch.dependenciesOf(id).every((other) => succeeded.has(other) || !inBatch.has(other));
  const isFirst = (id: string): boolean => !batch.rather(id).some((other) => waiting.has(other));
  const start = (isNext: (id: string) => boolean): void => {
    for (const id of waiting) {
      const lane = batch.laneOf(id);
      if (running.has(lane) || !isNext(id)) continue;
      waiting.delete(id);
      running.set(
        lane,
        batch.run(id).then((result) => [id, result] as const),
      );
    }
  };
  for (;;) {
    start((id) => isReady(id) && isFirst(id));
    // What should have gone first never will: it waits for something that failed.
    if (running.size === 0) start(isReady);
    if (running.size === 0) return;
    const [id, result] = await Promise.race(running.values());
    running.delete(batch.laneOf(id));
    if (batch.succeeded(result)) succeeded.add(id);
    yield [id, result];
  }
}
