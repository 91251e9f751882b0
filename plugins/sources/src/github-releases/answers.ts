/** The fields of a release's asset that we read. Source: the contract table beside this file. */
export interface AssetAnswer {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state: string;
  /** `sha256:<hexadecimal>`; GitHub computes it at upload since 2025, older assets have null. */
  readonly digest?: string | null;
}
/** The fields of a release that we read. */
export interface ReleaseAnswer {
  readonly tag_name: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly published_at: string | null;
  readonly assets: readonly AssetAnswer[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object';

function readAsset(value: unknown): AssetAnswer | undefined {
  if (!isRecord(value)) return undefined;
  const { id, name, size, state, digest } = value;
  if (typeof id !== 'number' || typeof name !== 'string' || typeof size !== 'number') return undefined;
  if (typeof state !== 'string') return undefined;
  return { id, name, size, state, ...(typeof digest === 'string' && { digest }) };
}

/** Reads a release; undefined when it is none. Whatever else it carries is dropped. Pure. */
export function readRelease(value: unknown): ReleaseAnswer | undefined {
  if (!isRecord(value) || !Array.isArray(value['assets'])) return undefined;
  const { tag_name, draft, prerelease, published_at } = value;
  const assets = value['assets'].map(readAsset);
  if (typeof tag_name !== 'string' || typeof draft !== 'boolean' || typeof prerelease !== 'boolean') return undefined;
  if (!assets.every((asset) => asset !== undefined)) return undefined;
  return { tag_name, draft, prerelease, published_at: typeof published_at === 'string' ? published_at : null, assets };
}

/** Reads a list of releases; undefined when it is none. Pure. */
export function readReleases(value: unknown): readonly ReleaseAnswer[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const releases = value.map(readRelease);
  return releases.every((release) => release !== undefined) ? releases : undefined;
}

/** The address of the next page in a `Link` header. Source: RFC 8288. Pure. */
export function nextPage(link: string | undefined): string | undefined {
  return /<([^<>]+)>\s*;\s*rel="next"/.exec(link ?? '')?.[1];
}
