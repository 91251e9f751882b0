import { Type, type Static } from '@sinclair/typebox';
import { closed, oneOf, Path, Target } from './common.js';
import { ExclusionSchema } from './coverage.js';

/** How help is asked for: `flag` runs `<path> --help`, `word` runs `help <path>`. */
export const HelpFormSchema = closed({
  root: Type.Optional(Type.Array(Type.String(), { description: 'argv of the root page.' })),
  command: Type.Optional(
    Type.Array(Type.String(), { description: 'argv of a command’s page; {path} stands for the command’s words.' }),
  ),
});

/** What the crawler does, as data. All of it enters `settings_sha256`. */
export const CrawlSchema = closed({
  help: Type.Optional(HelpFormSchema),
  stream: Type.Optional(oneOf(['stdout', 'stderr', 'both', 'first-nonempty'] as const)),
  accept_nonzero: Type.Optional(
    Type.Boolean({ description: 'Take a page from a run that exits non-zero when it looks like help.' }),
  ),
  timeout_ms: Type.Optional(Type.Integer({ minimum: 1 })),
  max_output_bytes: Type.Optional(Type.Integer({ minimum: 1 })),
  max_depth: Type.Optional(Type.Integer({ minimum: 1 })),
  max_pages: Type.Optional(Type.Integer({ minimum: 1 })),
  columns: Type.Optional(Type.Integer({ minimum: 20 })),
  env: Type.Optional(Type.Record(Type.String(), Type.String())),
  skip: Type.Optional(Type.Array(Path, { description: 'Commands that are listed but never asked for their page.' })),
  version_argv: Type.Optional(Type.Array(Type.String())),
  features: Type.Optional(
    closed({
      argv: Type.Array(Type.String()),
      enable: Type.Array(Type.String(), { description: 'argv that enables one feature; {name} stands for it.' }),
    }),
  ),
});

/** One source of releases; which further keys stand in `settings` is the source plugin’s own schema. */
export const SourceUseSchema = closed({
  use: Type.String({ minLength: 1 }),
  settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

/** `cli_manifests/<cli>/cliparity.json`, the only file of a root written by hand. */
export const ManifestSchema = closed(
  {
    $schema: Type.Optional(Type.String()),
    manifest_schema_version: Type.Literal(1),
    tool: Type.String({ minLength: 1, description: 'The tool id that snapshots carry.' }),
    binary: Type.String({ minLength: 1, description: 'The program’s name as users type it.' }),
    dialect: Type.Optional(Type.String()),
    texts: Type.Optional(oneOf(['verbatim', 'digest'] as const)),
    sources: Type.Array(SourceUseSchema, { minItems: 1 }),
    targets: closed({ required: Target, expected: Type.Array(Target, { minItems: 1, uniqueItems: true }) }),
    crawl: Type.Optional(CrawlSchema),
    exclusions: Type.Optional(Type.Array(ExclusionSchema)),
    wrapper: Type.Optional(
      closed({
        name: Type.String({ minLength: 1 }),
        version: Type.Optional(Type.String()),
        test: Type.Optional(
          Type.Array(Type.String(), {
            minItems: 1,
            description:
              'argv of the wrapper’s own tests, run in the workspace; {binary}, {version} and {target} stand for what is tested.',
          }),
        ),
      }),
    ),
    scenarios: Type.Optional(Type.Array(Type.String())),
    fixtures: Type.Optional(
      closed({
        commit: Type.Optional(
          Type.Boolean({
            description:
              'false: what was recorded stays out of the tree; committed are its schema, event types, counts and digests.',
          }),
        ),
      }),
    ),
    release: Type.Optional(
      closed({
        policy: Type.Optional(oneOf(['latest_stable', 'latest_stable_minus_one'] as const)),
        soak_days: Type.Optional(
          Type.Integer({
            minimum: 0,
            description: 'Days that a release must be out before `watch` proposes it; 0 unless said.',
          }),
        ),
      }),
    ),
    promotion: Type.Optional(closed({ mode: Type.Optional(oneOf(['linux_first_v1', 'tests_first_v1'] as const)) })),
  },
  { $id: 'https://cliparity.dev/schema/manifest-v1.json', title: 'cliparity.json' },
);

/** `supplement/commands.json`: what the help is known not to list. */
export const SupplementSchema = closed({
  version: Type.Literal(1),
  commands: Type.Array(
    closed({
      path: Path,
      platforms: Type.Optional(Type.Array(oneOf(['linux', 'macos', 'windows'] as const))),
      note: Type.String({ minLength: 1 }),
    }),
  ),
});

/** The workspace's configuration (`cliparity.config.*` or a `cliparity` key in `package.json`). */
export const ConfigSchema = closed(
  {
    $schema: Type.Optional(Type.String()),
    manifests: Type.Optional(Type.String({ description: 'Folder of the roots, relative to the workspace.' })),
    plugins: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description: 'Packages or files to load plugins from, relative to the configuration file.',
      }),
    ),
    disable: Type.Optional(Type.Array(Type.String(), { description: 'Contributions to leave out, as kind/id.' })),
    severities: Type.Optional(Type.Record(Type.String(), oneOf(['error', 'warning', 'info', 'off'] as const))),
    store: Type.Optional(
      closed({ path: Type.Optional(Type.String()), max_bytes: Type.Optional(Type.Integer({ minimum: 0 })) }),
    ),
    concurrency: Type.Optional(Type.Integer({ minimum: 1 })),
    token_env: Type.Optional(Type.String()),
  },
  { $id: 'https://cliparity.dev/schema/config-v1.json', title: 'cliparity configuration' },
);

export type Crawl = Static<typeof CrawlSchema>;
export type SourceUse = Static<typeof SourceUseSchema>;
export type Manifest = Static<typeof ManifestSchema>;
export type Supplement = Static<typeof SupplementSchema>;
export type Config = Static<typeof ConfigSchema>;
