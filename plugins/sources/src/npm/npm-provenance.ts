import { compareBytes, type AssetProvenance } from '@cliparity/model';
import type { PackedVersion } from './registry.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object';

function keysOf(signatures: unknown): string[] {
  if (!Array.isArray(signatures)) return [];
  const ids = signatures.flatMap((one: unknown) => {
    const id = isRecord(one) ? one['keyid'] : undefined;
    return typeof id === 'string' && id !== '' ? [id] : [];
  });
  return [...new Set(ids)].sort(compareBytes);
}

/** A registry's document says where the attestations lie and which predicate they hold. No host: mirrors have others. */
function attestationOf(value: unknown): NonNullable<AssetProvenance['attestations']> {
  if (!isRecord(value) || !isRecord(value['provenance'])) return [];
  const type = value['provenance']['predicateType'];
  if (typeof type !== 'string' || type === '') return [];
  const url = typeof value['url'] === 'string' && URL.canParse(value['url']) ? new URL(value['url']) : undefined;
  return [{ predicate_type: type, ...(url !== undefined && { path: url.pathname }) }];
}

/** Who vouches for a version, in the registry's words; undefined when it says nothing, as mirrors often do. Pure. */
export function npmProvenance({ dist }: PackedVersion): AssetProvenance | undefined {
  const [keys, attestations] = [keysOf(dist.signatures), attestationOf(dist.attestations)];
  if (keys.length + attestations.length === 0) return undefined;
  return { ...(keys.length > 0 && { signed_by: keys }), ...(attestations.length > 0 && { attestations }) };
}
