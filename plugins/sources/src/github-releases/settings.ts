import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { ARCHIVE_FORMATS } from '@cliparity/model';

const closed = <P extends Record<string, TSchema>>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });
const word = (description: string) => Type.String({ minLength: 1, description });
const address = (description: string) => Type.String({ pattern: '^https?://[^?#]+$', description });
const oneOf = <const V extends readonly string[]>(values: V, description: string) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values], description });

const AssetLayoutSchema = closed(
  {
    fits: Type.Optional(word('Semver range of the upstream versions that are laid out like this; all unless said.')),
    targets: Type.Optional(Type.Array(Type.String(), { description: 'Targets this layout is for; all unless said.' })),
    name: word('Name of the asset.'),
    kind: Type.Optional(oneOf(['file', 'tree'] as const, 'file unless said.')),
    format: Type.Optional(oneOf(ARCHIVE_FORMATS, 'What the name’s ending says unless said.')),
    member: Type.Optional(word('The executable (kind file) or the folder (kind tree) inside the archive.')),
    entry: Type.Optional(word('Of a tree: the executable below that folder.')),
  },
  // A tree is of no use without knowing which of its files to run.
  {
    if: { properties: { kind: { const: 'tree' } }, required: ['kind'] },
    then: { required: ['entry'] },
  },
);

/**
 * Settings of the GitHub Releases source. `name`, `member` and `entry` know the placeholders {version}, {target}, {npm} (the target's npm
 * name, such as linux-x64), {binary} and {exe} (`.exe` on Windows). The first layout that fits wins.
 */
export const githubReleasesSettingsSchema = closed({
  repository: Type.String({ pattern: '^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$', description: 'owner/name' }),
  tag: Type.Optional(
    Type.String({ pattern: '\\{version\\}', description: 'Tag of a release; v{version} unless said.' }),
  ),
  versions: Type.Optional(
    oneOf(['stable', 'all'] as const, 'stable: {version} is MAJOR.MINOR.PATCH exactly; all: suffixes too.'),
  ),
  binary: Type.Optional(word('Name of the program; the repository’s name unless said.')),
  assets: Type.Array(AssetLayoutSchema, { minItems: 1 }),
  token_env: Type.Optional(word('Variable that holds a token, asked after CLIPARITY_TOKEN and before GITHUB_TOKEN.')),
  api_url: Type.Optional(
    address('Base of the REST API, such as https://github.example.com/api/v3 of an Enterprise server.'),
  ),
  web_url: Type.Optional(
    address('Base of downloads; the API’s host of an Enterprise server, else GitHub’s, unless said.'),
  ),
  redirect_hosts: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Further hosts that downloads may be redirected to; *.example.org allowed.',
    }),
  ),
  fresh_seconds: Type.Optional(
    Type.Integer({ minimum: 0, description: 'How long an answer is believed without asking again; 60 unless said.' }),
  ),
});

/** Settings of the GitHub Releases source, checked. */
export type GithubSettings = Static<typeof githubReleasesSettingsSchema>;
/** How the assets of a range of versions are called and packed. */
export type AssetLayout = GithubSettings['assets'][number];
