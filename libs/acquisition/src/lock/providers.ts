import { FindingError, type LockEntry, type Provider } from '@cliparity/model';

/** What an entry says about its own place. */
function providerOf(entry: LockEntry): Provider {
  const { locator, integrity, asset_name, sha256, size_bytes, format, member } = entry;
  return {
    locator,
    ...(integrity !== undefined && { integrity }),
    asset_name,
    sha256,
    size_bytes,
    format,
    ...(member !== undefined && { member }),
  };
}

/**
 * Adds a second place to an entry: `other` is the same version and target, pinned from there. The first place stays first.
 * Throws PROVIDER_DISAGREES when the two do not ship the same binary (or tree).
 */
export function withProvider(entry: LockEntry, other: LockEntry): LockEntry {
  const same =
    entry.kind === other.kind &&
    entry.entry === other.entry &&
    entry.binary_sha256 === other.binary_sha256 &&
    entry.tree_sha256 === other.tree_sha256;
  if (!same) {
    const name = `${entry.semantic_version} for ${entry.target_triple}`;
    throw new FindingError('PROVIDER_DISAGREES', `${other.locator} ships another ${name} than ${entry.locator}`, {
      where: other.locator,
      remedy: 'List only places that ship the same bytes; find out which of the two is the publisher’s own.',
    });
  }
  const others = (entry.providers ?? []).filter((provider) => provider.locator !== other.locator);
  return other.locator === entry.locator ? entry : { ...entry, providers: [...others, providerOf(other)] };
}
