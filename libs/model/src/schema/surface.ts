import { Type, type Static } from '@sinclair/typebox';
import { closed, oneOf, Path, Sha256, Target } from './common.js';

const Texts = Type.Array(Type.String());
const ChoiceAbout = Type.Record(Type.String(), Type.String(), {
  description: 'What the page says about single choices.',
});
const UnitSources = Type.Array(closed({ channel: Type.String(), agrees: Type.Boolean() }), {
  description: 'Further channels of the same binary that were asked about this unit.',
});

const flagFields = {
  key: Type.String({ pattern: '^-', description: 'The long spelling, else the short one.' }),
  long: Type.Optional(Type.String({ pattern: '^-' })),
  short: Type.Optional(Type.String({ pattern: '^-.$' })),
  aliases: Type.Optional(Type.Array(Type.String({ pattern: '^-' }))),
  negatable: Type.Optional(Type.Boolean({ description: '`--[no-]x` on the page.' })),
  takes_value: Type.Boolean({ description: 'True for an optional value too.' }),
  value_name: Type.Optional(Type.String()),
  value_arity: Type.Optional(oneOf(['required', 'optional'] as const)),
  variadic: Type.Optional(Type.Boolean({ description: 'Takes several values at one occurrence.' })),
  choices: Type.Optional(Texts),
  choice_about: Type.Optional(ChoiceAbout),
  default: Type.Optional(Type.String({ description: 'The page’s literal, without quotes.' })),
  env: Type.Optional(Type.String()),
  repeatable: Type.Optional(Type.Boolean()),
  required: Type.Optional(Type.Boolean()),
  global: Type.Optional(Type.Boolean()),
  group: Type.Optional(Type.String({ description: 'The heading it stands under, when that is not the plain one.' })),
  about: Type.Optional(Type.String()),
  about_sha256: Type.Optional(Sha256),
  hidden: Type.Optional(Type.Boolean()),
  deprecated: Type.Optional(Type.Boolean()),
  sources: Type.Optional(UnitSources),
};

const argFields = {
  name: Type.String({ minLength: 1 }),
  required: Type.Boolean(),
  variadic: Type.Boolean(),
  choices: Type.Optional(Texts),
  choice_about: Type.Optional(ChoiceAbout),
  default: Type.Optional(Type.String()),
  about: Type.Optional(Type.String()),
  about_sha256: Type.Optional(Sha256),
  inferred_from_usage: Type.Optional(Type.Boolean({ description: 'Read from a usage line only.' })),
  sources: Type.Optional(UnitSources),
};

/** A flag of one command. Source: DESIGN section 5. */
export const FlagSchema = closed(flagFields);
/** A positional argument of one command. */
export const ArgSchema = closed(argFields);

const commandHead = {
  path: Path,
  aliases: Type.Optional(Texts),
  about: Type.Optional(Type.String()),
  about_sha256: Type.Optional(Sha256),
  usage: Type.Optional(Texts),
  group: Type.Optional(Type.String()),
  hidden: Type.Optional(Type.Boolean()),
  deprecated: Type.Optional(Type.Boolean()),
  platforms: Type.Optional(Type.Array(oneOf(['linux', 'macos', 'windows'] as const))),
};
const commandTail = {
  help_sha256: Type.Optional(Sha256),
  unexplained: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Rows of the page that no rule explains, as printed (or sha256:… where texts are kept as digests).',
    }),
  ),
  sources: Type.Optional(UnitSources),
};

/** One command of a snapshot: everything its page says. */
export const CommandSchema = closed({
  ...commandHead,
  args: Type.Optional(Type.Array(ArgSchema)),
  flags: Type.Optional(Type.Array(FlagSchema)),
  ...commandTail,
});

const availableOn = { available_on: Type.Array(Target, { minItems: 1, uniqueItems: true }) };
const scalarValue = Type.Union([Type.String(), Type.Boolean(), Type.Number(), Type.Null(), Texts]);

export const ConflictSchema = closed({
  unit: oneOf(['command', 'flag', 'arg'] as const),
  path: Path,
  key: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  field: Type.String(),
  values_by_target: Type.Record(Type.String(), scalarValue),
  evidence: Type.Optional(closed({ help_sha256_by_target: Type.Optional(Type.Record(Type.String(), Sha256)) })),
});
export const UnionFlagSchema = closed({ ...flagFields, ...availableOn });
export const UnionArgSchema = closed({ ...argFields, ...availableOn });
/** One command of a union. `help_sha256` is the canonical target's. */
export const UnionCommandSchema = closed({
  ...commandHead,
  ...availableOn,
  args: Type.Optional(Type.Array(UnionArgSchema)),
  flags: Type.Optional(Type.Array(UnionFlagSchema)),
  conflicts: Type.Optional(Type.Array(ConflictSchema)),
  ...commandTail,
});

/** A sub-command as its parent's page lists it. */
export const CommandRowSchema = closed({
  name: Type.String({ minLength: 1 }),
  aliases: Type.Optional(Texts),
  about: Type.Optional(Type.String()),
  group: Type.Optional(Type.String()),
  hidden: Type.Optional(Type.Boolean()),
  deprecated: Type.Optional(Type.Boolean()),
});

/** What one page alone says (`cliparity parse`). */
export const PageSurfaceSchema = closed({
  about: Type.Optional(Type.String()),
  usage: Type.Array(Type.String()),
  commands: Type.Array(CommandRowSchema),
  flags: Type.Array(FlagSchema),
  args: Type.Array(ArgSchema),
  unexplained: Type.Array(Type.String()),
});

export type Flag = Static<typeof FlagSchema>;
export type Arg = Static<typeof ArgSchema>;
export type Command = Static<typeof CommandSchema>;
export type Conflict = Static<typeof ConflictSchema>;
export type UnionFlag = Static<typeof UnionFlagSchema>;
export type UnionArg = Static<typeof UnionArgSchema>;
export type UnionCommand = Static<typeof UnionCommandSchema>;
export type CommandRow = Static<typeof CommandRowSchema>;
export type PageSurface = Static<typeof PageSurfaceSchema>;
