import { Type, type Static } from '@sinclair/typebox';
import { closed, oneOf, SemverString, Sha256, Target, Timestamp, VERSION_STATUSES } from '@cliparity/model';

const Targets = Type.Array(Target, { uniqueItems: true });
const Digests = Type.Array(closed({ name: Type.String({ minLength: 1 }), sha256: Sha256 }));

/** What became of the wrapper's own tests on one target. */
export const TestRunSchema = closed({
  target: Target,
  outcome: oneOf(['passed', 'failed', 'skipped'] as const),
  command: Type.Optional(
    Type.Array(Type.String(), { description: 'argv as configured, before anything was filled in.' }),
  ),
  exit_code: Type.Optional(Type.Integer()),
  binary_sha256: Type.Optional(Sha256),
  log_sha256: Type.Optional(Sha256),
  reason: Type.Optional(Type.String({ minLength: 1, description: 'Why it was skipped, or what stopped it.' })),
});

/** `versions/<version>.json`, version 2: version 1 plus the runs behind the outcomes and the digests of what it was derived from. */
export const VersionMetadataSchema = closed(
  {
    schema_version: Type.Literal(2),
    semantic_version: SemverString,
    status: oneOf(VERSION_STATUSES),
    updated_at: Timestamp,
    notes: Type.Optional(Type.String()),
    artifacts: closed({
      snapshots_dir: Type.String(),
      reports_dir: Type.Optional(Type.String()),
      union_complete: Type.Boolean(),
    }),
    coverage: Type.Optional(closed({ supported_targets: Targets, supported_required_target: Type.Boolean() })),
    validation: Type.Optional(
      closed({
        passed_targets: Targets,
        failed_targets: Targets,
        skipped_targets: Targets,
        runs: Type.Array(TestRunSchema, {
          minItems: 1,
          description: 'In the order of the expected targets, one per target.',
        }),
      }),
    ),
    promotion: closed({ eligible_for_latest_validated: Type.Boolean() }),
    inputs: Digests,
    record_sha256: Type.Unsafe<string>({
      ...Sha256,
      description: 'Of what people and tests said (version, status, notes, runs): the rest is derived, this cannot be.',
    }),
  },
  { $id: 'https://cliparity.dev/schema/version-metadata-v2.json', title: 'Version metadata, version 2' },
);

export type TestRun = Static<typeof TestRunSchema>;
export type VersionMetadata = Static<typeof VersionMetadataSchema>;
