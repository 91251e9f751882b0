import { FindingError } from '@cliparity/model';
import type { Digests } from './digests.js';

/** What an asset must be; absent means not known. */
export interface ExpectedDigests {
  readonly size?: number | undefined;
  readonly sha256?: string | undefined;
  /** Subresource integrity; only its `sha512-` part is judged. */
  readonly integrity?: string | undefined;
}

const REMEDY =
  'The upstream published something else under the same name, or somebody stands in between. Compare with cliparity lock --verify before you pin it anew.';

/** ASSET_SIZE_MISMATCH: the asset has another length than pinned. */
export function sizeMismatch(what: string, expected: number, actual: string): FindingError {
  return new FindingError('ASSET_SIZE_MISMATCH', `${what} is pinned with ${expected} bytes but has ${actual}`, {
    where: what,
    remedy: REMEDY,
  });
}

function digestMismatch(what: string, expected: string, actual: string): FindingError {
  const message = `${what} is pinned with ${expected} but its bytes give ${actual}`;
  return new FindingError('ASSET_DIGEST_MISMATCH', message, { where: what, remedy: REMEDY });
}

/** Compares what came with what was pinned. Throws ASSET_SIZE_MISMATCH or ASSET_DIGEST_MISMATCH. */
export function checkDigests(what: string, expected: ExpectedDigests, actual: Digests): void {
  if (expected.size !== undefined && expected.size !== actual.size) {
    throw sizeMismatch(what, expected.size, String(actual.size));
  }
  if (expected.sha256 !== undefined && expected.sha256 !== actual.sha256) {
    throw digestMismatch(what, `sha256 ${expected.sha256}`, actual.sha256);
  }
  const sha512 = expected.integrity?.split(/\s+/).filter((part) => part.startsWith('sha512-')) ?? [];
  if (sha512.length > 0 && !sha512.includes(actual.integrity)) {
    throw digestMismatch(what, sha512.join(' or '), actual.integrity);
  }
}
