import { startKeeper, type Keeper } from './keeper.js';

let known: Promise<Keeper | undefined> | undefined;

/** A keeper without namespaces, one per process: it ends children that outlive us. Undefined where there is no POSIX shell. */
export async function keeperHere(): Promise<Keeper | undefined> {
  known ??= startKeeper();
  const asked = known;
  const keeper = await asked;
  if (keeper?.lost !== true) return keeper;
  // Of several who find it gone one starts another.
  if (known === asked) known = startKeeper();
  return known;
}
