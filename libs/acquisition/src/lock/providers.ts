import { FindingError, type LockEntry, type Provider } from '@cliparity/model';
import { checkLocator } from './locator.js';

/** What an entry says about its own place. */
function providerOf(entry: LockEntry): Provider {
  const { locator, integrity, asset_name, sha256, size_bytes, format, member, provenance } = entry;
  return {
    locator,
    ...(integrity !== undefined && { integrity }),
    asset_name,
    sha256,
    size_bytes,
    format,
    ...(member !== undefined && { member }),
    ...(provenance !== undefined && { provenance }),
  };
}

/** Every place of an entry, the first one first. Pure. */
export const providersOf = (entry: LockEntry): readonly Provider[] => [providerOf(entry), ...(entry.providers ?? [])];

/** What came out of an asset. */
export type Outcome = Pick<LockEntry, 'binary_sha256' | 'tree_sha256'>;

/** The way from a place to a binary, every digest of it: what two people who disagree must compare. */
export function chainOf(provider: Provider, outcome: Outcome): string {
  const asset = `asset ${provider.asset_name} (${provider.size_bytes} bytes, sha256 ${provider.sha256})`;
  const inside = provider.member === undefined ? provider.format : `${provider.format}, member ${provider.member}`;
  const tree = outcome.tree_sha256 === undefined ? '' : `, tree ${outcome.tree_sha256}`;
  return `${provider.locator} → ${asset} → ${inside} → binary sha256 ${outcome.binary_sha256}${tree}`;
}

/** PROVIDER_DISAGREES: two places ship different binaries under one version and target. Both chains are shown. */
export function providersDisagree(
  entry: LockEntry,
  other: { readonly provider: Provider; readonly outcome: Outcome },
): FindingError {
  const name = `${entry.semantic_version} for ${entry.target_triple}`;
  const chains = [chainOf(providerOf(entry), entry), chainOf(other.provider, other.outcome)];
  const message = `two providers of ${name} ship different binaries:\n  ${chains.join('\n  ')}`;
  return new FindingError('PROVIDER_DISAGREES', message, {
    where: other.provider.locator,
    remedy: 'List only places that ship the same bytes; find out which of the two is the publisher’s own.',
  });
}

function added(entry: LockEntry, provider: Provider): LockEntry {
  const others = (entry.providers ?? []).filter(({ locator }) => locator !== provider.locator);
  return provider.locator === entry.locator ? entry : { ...entry, providers: [...others, provider] };
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
  if (!same) throw providersDisagree(entry, { provider: providerOf(other), outcome: other });
  return added(entry, providerOf(other));
}

/**
 * Adds a place whose asset somebody else has recorded by size and digest; what is inside is compared when it is first fetched.
 * Throws LOCATOR_MISMATCH when it is of another version or target, PROVIDER_DISAGREES when the asset is a bare binary and another one.
 */
export function withRecordedProvider(entry: LockEntry, provider: Provider): LockEntry {
  const [problem] = checkLocator({ ...entry, ...provider, providers: [] });
  if (problem !== undefined) {
    throw new FindingError('LOCATOR_MISMATCH', `a provider of ${entry.semantic_version} does not fit: ${problem}`, {
      where: provider.locator,
      remedy: 'Correct the locator, or add the provider to the entry it belongs to.',
    });
  }
  const binary = provider.format === 'bare' && entry.kind === 'file' ? provider.sha256 : entry.binary_sha256;
  if (binary !== entry.binary_sha256) throw providersDisagree(entry, { provider, outcome: { binary_sha256: binary } });
  return added(entry, provider);
}

/**
 * Puts together what several sources pinned for one version: the entries of the first, each with the others as further providers.
 * A target that only a later source has is its own entry. Throws PROVIDER_DISAGREES.
 */
export function mergeProviders(bySource: readonly (readonly LockEntry[])[]): readonly LockEntry[] {
  const merged = new Map<string, LockEntry>();
  for (const entry of bySource.flat()) {
    const key = `${entry.semantic_version} ${entry.target_triple}`;
    const before = merged.get(key);
    merged.set(key, before === undefined ? entry : withProvider(before, entry));
  }
  return [...merged.values()];
}
