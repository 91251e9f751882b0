import { FindingError, type AssetProvenance, type LockEntry, type Provider } from '@cliparity/model';
import { providersOf } from './providers.js';

/** What is no longer vouched for as it was. */
export interface ProvenanceLoss {
  readonly code: 'PROVENANCE_MISSING' | 'PROVENANCE_CHANGED';
  readonly message: string;
}

type Claim = keyof AssetProvenance;
const NAMES: Readonly<Record<Claim, string>> = {
  repository: 'the repository',
  repository_id: 'the repository’s id',
  asset_id: 'the asset’s id',
  stated_sha256: 'the digest the place states',
  signed_by: 'the keys of its signatures',
  attestations: 'its attestations',
};

/** The parts of a claim, each a text: one of a number or word, as many as there are of a list. */
function partsOf(provenance: AssetProvenance, claim: Claim): readonly string[] {
  const value = provenance[claim];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((part) =>
    typeof part === 'object' ? JSON.stringify(part) : `${part}`,
  );
}

/**
 * What was vouched for and is not any more: gone is MISSING, exchanged is CHANGED. What came on top (a second signature, a first attestation) is
 * no loss. Pure.
 */
export function provenanceLosses(before: AssetProvenance, now: AssetProvenance = {}): readonly ProvenanceLoss[] {
  return (Object.keys(NAMES) as Claim[]).flatMap((claim): ProvenanceLoss[] => {
    const [was, is] = [partsOf(before, claim), partsOf(now, claim)];
    const lost = was.filter((part) => !is.includes(part));
    if (lost.length === 0) return [];
    const told = `${NAMES[claim]}: ${lost.join(', ')}`;
    if (is.length === 0) return [{ code: 'PROVENANCE_MISSING', message: `nobody says any more ${told}` }];
    return [{ code: 'PROVENANCE_CHANGED', message: `${told}, now ${is.join(', ')}` }];
  });
}

const REMEDY = 'Find out from the publisher why; when the change is right, pin the artifact anew with --force.';

function keptAt<T extends Provider>(before: readonly Provider[], provider: T, replace: boolean): T {
  const known = before.find(({ locator }) => locator === provider.locator)?.provenance;
  if (known === undefined || replace) return provider;
  const losses = provenanceLosses(known, provider.provenance);
  const changed = losses.find(({ code }) => code === 'PROVENANCE_CHANGED');
  if (changed !== undefined) {
    const message = `${provider.locator} is vouched for by others than before: ${changed.message}`;
    throw new FindingError('PROVENANCE_CHANGED', message, { where: provider.locator, remedy: REMEDY });
  }
  // A mirror that hands on no signatures takes none back.
  return losses.length === 0 ? provider : { ...provider, provenance: { ...known, ...provider.provenance } };
}

/**
 * An entry pinned again, with what was known of who vouches for its places and is not said this time. Throws PROVENANCE_CHANGED when a place says
 * otherwise, unless `replace` says that this is meant.
 */
export function withKnownProvenance(before: LockEntry, entry: LockEntry, replace: boolean): LockEntry {
  const known = providersOf(before);
  const kept = keptAt(known, entry, replace);
  if (entry.providers === undefined) return kept;
  return { ...kept, providers: entry.providers.map((provider) => keptAt(known, provider, replace)) };
}

/** What is said of an asset, short: for people. Pure. */
export function provenanceText(provenance: AssetProvenance | undefined): string {
  if (provenance === undefined) return '–';
  const { repository, repository_id, signed_by = [], attestations = [], stated_sha256 } = provenance;
  const words = [
    ...(repository === undefined ? [] : [repository]),
    ...(repository_id === undefined ? [] : [`id ${repository_id}`]),
    ...(stated_sha256 === undefined ? [] : ['digest stated']),
    ...(signed_by.length === 0 ? [] : [`signed by ${signed_by.join(', ')}`]),
    ...attestations.map(
      ({ predicate_type, builder }) => `attested ${predicate_type}${builder === undefined ? '' : ` by ${builder}`}`,
    ),
  ];
  return words.join(', ');
}
