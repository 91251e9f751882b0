import type { RootView } from '../engine/root-view.js';
import { checkCurrent } from './current.js';
import { checkExclusions } from './exclusions.js';
import { parityContext } from './parity-context.js';
import { checkPointerConsistency } from './pointer-consistency.js';
import { checkPointers } from './pointers.js';
import { checkVersion, versionsToCheck } from './versions.js';
import { compareViolations, type ParityViolation } from './violation.js';
import { checkWrapper } from './wrapper.js';

/**
 * Everything that the older format's own validator finds in a root, in its order. Its support-matrix checks are `validateSupportMatrix`: they
 * are about a workspace and happen only in one with a Cargo workspace. Source: reference/parity-formats.md section 6 and appendix A.
 * Errors: those of `parityContext`; the reference gives up there too.
 */
export async function validateParity(view: RootView): Promise<readonly ParityViolation[]> {
  const found: ParityViolation[] = [];
  const ctx = await parityContext(view, (violation) => found.push(violation));
  checkExclusions(ctx);
  const pointers = checkPointers(ctx);
  const metadata = new Map<string, unknown>();
  for (const version of versionsToCheck(ctx, pointers)) {
    const read = checkVersion(ctx, version);
    if (read !== undefined) metadata.set(version, read.value);
  }
  checkCurrent(ctx, pointers.latestValidated);
  await checkWrapper(ctx);
  checkPointerConsistency(ctx, pointers, metadata);
  return found.sort(compareViolations);
}
