import pLimit from 'p-limit';

const SKIPPED = Symbol('skipped');

/**
 * Maps with bounded concurrency, results in the order of the items. After a failure nothing more is begun, what runs is waited
 * for, and the failure of the first item that failed is thrown.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  concurrency: number,
  map: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const limit = pLimit(Math.max(1, concurrency));
  let failed = false;
  const one = async (item: T): Promise<R> => {
    if (failed) throw SKIPPED;
    try {
      return await map(item);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const results = await Promise.allSettled(items.map((item) => limit(() => one(item))));
  const refusal = results.find((result) => result.status === 'rejected' && result.reason !== SKIPPED);
  if (refusal?.status === 'rejected') throw refusal.reason;
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
