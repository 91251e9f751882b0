/**
 * As `setTimeout`, but what has arrived meanwhile is taken in first: on a busy machine a timer is late and would else come before the bytes that
 * wait in a pipe, and before the news that their process has ended.
 * @param ms milliseconds
 * @returns calls it off
 */
export function afterInput(ms: number, work: () => void): () => void {
  let soon: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => (soon = setImmediate(work)), ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(soon);
  };
}
