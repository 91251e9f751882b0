import { Type, type Static } from '@sinclair/typebox';
import { ARCHIVE_FORMATS } from '../vocabulary.js';
import { ByteCount, closed, oneOf, RelativePath, SemverString, Sha256, Target, Timestamp } from './common.js';

/** Where the bytes come from: `npm:<package>@<version>` or an absolute URL. Never names a registry host. */
export const LocatorString = Type.String({ pattern: '^(npm:(@[^/]+/)?[^@/]+@.+|(https?|file)://.+|file:.+)$' });

const GitRepository = Type.String({ pattern: '^[^/\\s]+/[^/\\s]+$', description: 'owner/name' });

/**
 * Who vouches for an asset, in the words of the place that ships it. Written down so that a change is noticed: a repository that was moved or
 * taken over, a signature that is gone. Nothing here is verified cryptographically.
 */
export const AssetProvenanceSchema = closed({
  repository: Type.Optional(GitRepository),
  repository_id: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'The forge’s own number, which a new repository of the same name does not have.',
    }),
  ),
  asset_id: Type.Optional(
    Type.Integer({ minimum: 1, description: 'The forge’s number; another one after an upload.' }),
  ),
  stated_sha256: Type.Optional(Sha256),
  signed_by: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      minItems: 1,
      description: 'Ids of the keys of the registry’s signatures.',
    }),
  ),
  attestations: Type.Optional(
    Type.Array(
      closed({
        predicate_type: Type.String({ minLength: 1 }),
        builder: Type.Optional(Type.String({ minLength: 1 })),
        path: Type.Optional(Type.String({ pattern: '^/', description: 'Where the registry hands it out; no host.' })),
      }),
      { minItems: 1 },
    ),
  ),
});

const provider = {
  locator: LocatorString,
  integrity: Type.Optional(Type.String({ description: 'Subresource integrity as the npm registry states it.' })),
  asset_name: Type.String({ minLength: 1 }),
  sha256: Sha256,
  size_bytes: ByteCount,
  format: oneOf(ARCHIVE_FORMATS),
  member: Type.Optional(RelativePath),
  provenance: Type.Optional(AssetProvenanceSchema),
};

/** A further place that ships the same binary. */
export const ProviderSchema = closed(provider);
export const TreeMemberSchema = closed({
  path: RelativePath,
  sha256: Sha256,
  size: ByteCount,
  mode: Type.Integer({ minimum: 0, maximum: 0o777 }),
});

/**
 * One (version, target) of the lock. `sha256`, `size_bytes` are the transferred asset's; `binary_*` the executable's.
 * `member` is the executable's path inside the archive (kind file) or the folder that is the tree (kind tree);
 * for a tree, `entry` is the executable's path below that folder.
 */
export const LockEntrySchema = closed({
  semantic_version: SemverString,
  target_triple: Target,
  kind: oneOf(['file', 'tree'] as const),
  published_at: Type.Optional(Timestamp),
  published_at_source: Type.Optional(Type.String()),
  ...provider,
  entry: Type.Optional(RelativePath),
  members: Type.Optional(Type.Array(TreeMemberSchema, { minItems: 1 })),
  tree_sha256: Type.Optional(Sha256),
  binary_sha256: Sha256,
  binary_size_bytes: ByteCount,
  providers: Type.Optional(Type.Array(ProviderSchema)),
});

/** `artifacts.lock.json`, version 2: sorted by version (semver order), then target (byte order). */
export const LockSchema = closed({
  version: Type.Literal(2),
  tool: Type.String({ minLength: 1 }),
  artifacts: Type.Array(LockEntrySchema),
});

export type AssetProvenance = Static<typeof AssetProvenanceSchema>;
export type Provider = Static<typeof ProviderSchema>;
export type TreeMember = Static<typeof TreeMemberSchema>;
export type LockEntry = Static<typeof LockEntrySchema>;
export type Lock = Static<typeof LockSchema>;
