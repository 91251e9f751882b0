import { CliparityError, compareBytes, type AssetProvenance } from '@cliparity/model';
import type { Asset, Io } from '@cliparity/plugin-api';
import type { AssetAnswer } from './answers.js';
import type { GithubApi } from './github-api.js';
import type { AttestationAnswer, RepositoryAnswer } from './provenance-answers.js';

const UNSAID = new Set(['GITHUB_NOT_FOUND', 'GITHUB_TOKEN_REFUSED']);

/** What the API does not have (older Enterprise servers) or does not tell this token is not said; anything else is a failure. */
async function said<T>(ask: Promise<T>, io: Io): Promise<T | undefined> {
  try {
    return await ask;
  } catch (error) {
    if (!(error instanceof CliparityError) || !UNSAID.has(error.code)) throw error;
    if (error.code === 'GITHUB_TOKEN_REFUSED')
      io.emit({ type: 'note', level: 'warn', message: `${error.message}; who vouches for the assets is not recorded` });
    return undefined;
  }
}

function attestationsOf(answers: readonly AttestationAnswer[]): AssetProvenance['attestations'] {
  const texts = answers.map(({ predicate_type, builder }) => JSON.stringify({ predicate_type, builder }));
  const sorted = [...new Set(texts)].sort(compareBytes);
  return sorted.length === 0 ? undefined : sorted.map((text) => JSON.parse(text) as AttestationAnswer);
}

/** Who vouches for an asset, out of what the API said. Pure. */
export function githubProvenance(
  repository: RepositoryAnswer | undefined,
  found: AssetAnswer,
  answers: readonly AttestationAnswer[],
): AssetProvenance {
  const stated = /^sha256:([0-9a-f]{64})$/.exec(found.digest ?? '')?.[1];
  const attestations = attestationsOf(answers);
  return {
    ...(repository !== undefined && { repository: repository.full_name, repository_id: repository.id }),
    asset_id: found.id,
    ...(stated !== undefined && { stated_sha256: stated }),
    ...(attestations !== undefined && { attestations }),
  };
}

/** Adds to assets who vouches for them: one question for the repository, one for each asset whose digest is stated. */
export async function withProvenance(
  assets: readonly (readonly [Asset, AssetAnswer])[],
  api: GithubApi,
  io: Io,
): Promise<Asset[]> {
  if (assets.length === 0) return [];
  const repository = await said(api.repository(io), io);
  const vouched: Asset[] = [];
  for (const [asset, found] of assets) {
    const { digest } = found;
    const answers = typeof digest === 'string' ? await said(api.attestations(digest, io), io) : undefined;
    vouched.push({ ...asset, provenance: githubProvenance(repository, found, answers ?? []) });
  }
  return vouched;
}
