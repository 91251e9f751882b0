import { Type, type Static } from '@sinclair/typebox';
import { closed, LevelString, oneOf, Path, SemverString, Sha256, Target, Timestamp, UnitKindString } from './common.js';

const Scope = closed({
  platforms: Type.Optional(Type.Array(oneOf(['linux', 'macos', 'windows'] as const))),
  target_triples: Type.Optional(Type.Array(Target)),
});
const judged = { level: LevelString, note: Type.Optional(Type.String()), scope: Type.Optional(Scope) };

/** How the wrapper handles one command and its units. */
export const CoverageEntrySchema = closed({
  path: Path,
  ...judged,
  flags: Type.Optional(Type.Array(closed({ key: Type.String(), ...judged }))),
  args: Type.Optional(Type.Array(closed({ name: Type.String(), ...judged }))),
});

/** `wrapper_coverage.json`, version 2: version 1 plus who the wrapper is and what the statement was derived from. */
export const WrapperCoverageSchema = closed({
  schema_version: Type.Literal(2),
  wrapper: Type.String({ minLength: 1 }),
  wrapper_version: Type.Optional(Type.String()),
  provenance: Type.Optional(closed({ inputs: Type.Array(closed({ name: Type.String(), sha256: Sha256 })) })),
  coverage: Type.Array(CoverageEntrySchema),
});

const delta = {
  upstream_available_on: Type.Array(Target),
  wrapper_level: Type.Optional(LevelString),
  note: Type.Optional(Type.String()),
};
export const CommandDeltaSchema = closed({ path: Path, ...delta });
export const FlagDeltaSchema = closed({ path: Path, key: Type.String(), ...delta });
export const ArgDeltaSchema = closed({ path: Path, name: Type.String(), ...delta });
export const MixedDeltaSchema = closed({
  path: Path,
  key: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  ...delta,
});

const Tally = closed({
  upstream: Type.Integer({ minimum: 0 }),
  covered: Type.Integer({ minimum: 0 }),
  passthrough: Type.Integer({ minimum: 0 }),
  waived: Type.Integer({ minimum: 0 }),
  excluded: Type.Integer({ minimum: 0 }),
  missing: Type.Integer({ minimum: 0 }),
});

/** `reports/<version>/coverage.<any|all|target>.json`, version 2: version 1 plus input digests and the tally per unit kind. */
export const CoverageReportSchema = closed({
  schema_version: Type.Literal(2),
  generated_at: Timestamp,
  inputs: closed({
    upstream: closed({
      semantic_version: SemverString,
      mode: oneOf(['single', 'union'] as const),
      targets: Type.Array(Target, { minItems: 1 }),
    }),
    wrapper: closed({ schema_version: Type.Integer(), wrapper_version: Type.Optional(Type.String()) }),
    digests: Type.Array(closed({ name: Type.String(), sha256: Sha256 })),
  }),
  platform_filter: closed({
    mode: oneOf(['any', 'all', 'exact_target'] as const),
    target_triple: Type.Optional(Target),
  }),
  totals: closed({ commands: Tally, flags: Tally, args: Tally }),
  deltas: closed({
    missing_commands: Type.Array(CommandDeltaSchema),
    missing_flags: Type.Array(FlagDeltaSchema),
    missing_args: Type.Array(ArgDeltaSchema),
    excluded_commands: Type.Optional(Type.Array(CommandDeltaSchema)),
    excluded_flags: Type.Optional(Type.Array(FlagDeltaSchema)),
    excluded_args: Type.Optional(Type.Array(ArgDeltaSchema)),
    passthrough_candidates: Type.Optional(Type.Array(CommandDeltaSchema)),
    unsupported: Type.Optional(Type.Array(CommandDeltaSchema)),
    intentionally_unsupported: Type.Optional(Type.Array(MixedDeltaSchema)),
    wrapper_only_commands: Type.Optional(Type.Array(CommandDeltaSchema)),
    wrapper_only_flags: Type.Optional(Type.Array(FlagDeltaSchema)),
    wrapper_only_args: Type.Optional(Type.Array(ArgDeltaSchema)),
  }),
});

/** One unit that coverage must not ask for; a command takes neither key nor name, a flag a key, an arg a name. */
export const ExclusionSchema = closed({
  unit: UnitKindString,
  path: Path,
  key: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  category: Type.Optional(Type.String()),
  note: Type.String({ minLength: 1, pattern: '\\S' }),
});

/** `waivers.json`: a finding somebody decided to live with until a day. */
export const WaiversSchema = closed({
  schema_version: Type.Literal(1),
  waivers: Type.Array(
    closed({
      fingerprint: Type.String({ pattern: '^[0-9a-f]{16}$' }),
      subject: Type.Optional(
        Type.String({
          minLength: 1,
          description: 'What the fingerprint is of, for people: a unit, or a code and its place.',
        }),
      ),
      reason: Type.String({ minLength: 1 }),
      owner: Type.String({ minLength: 1 }),
      until: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    }),
  ),
});

export type CoverageEntry = Static<typeof CoverageEntrySchema>;
export type WrapperCoverage = Static<typeof WrapperCoverageSchema>;
export type CommandDelta = Static<typeof CommandDeltaSchema>;
export type FlagDelta = Static<typeof FlagDeltaSchema>;
export type ArgDelta = Static<typeof ArgDeltaSchema>;
export type MixedDelta = Static<typeof MixedDeltaSchema>;
export type CoverageTally = Static<typeof Tally>;
export type CoverageReport = Static<typeof CoverageReportSchema>;
export type Exclusion = Static<typeof ExclusionSchema>;
export type Waivers = Static<typeof WaiversSchema>;
