import type { Command, TargetId, UnionCommand } from '@cliparity/model';
import type { Seen } from './seen.js';

interface Merged {
  readonly seen: Seen<Command>;
  readonly required: TargetId;
  readonly command: UnionCommand;
}
/**
 * What commands were merged into before, by the identity of the commands: handed from union to union by whoever merges many. It is forgotten
 * with the commands themselves.
 */
export type MergeMemo = WeakMap<Command, Merged[]>;

/** One command in so many combinations of targets is worth keeping; more than that is noise. */
const KEPT = 8;

/** The merged command of the memo when exactly these commands were merged before, else `merge`’s. */
export function rememberMerge(
  memo: MergeMemo | undefined,
  { seen, required }: Omit<Merged, 'command'>,
  merge: (seen: Seen<Command>, required: TargetId) => UnionCommand,
): UnionCommand {
  if (memo === undefined) return merge(seen, required);
  const known = memo.get(seen.canonical) ?? [];
  const before = known.find((one) => one.required === required && isSameSeen(one.seen, seen));
  if (before !== undefined) return before.command;
  const command = merge(seen, required);
  memo.set(seen.canonical, [...known.slice(1 - KEPT), { seen, required, command }]);
  return command;
}

function isSameSeen(a: Seen<Command>, b: Seen<Command>): boolean {
  return (
    a.on.length === b.on.length &&
    a.on.every((target, i) => target === b.on[i] && a.by.get(target) === b.by.get(target))
  );
}
