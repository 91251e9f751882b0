import { schemaFiles, type Manifest, type SourceUse } from '@cliparity/model';
import { platformOf } from './ci/index.js';
import type { InitAnswers } from './init-answers.js';

/** The target that is required where nothing says another: it runs on every Linux machine, and so in every CI. */
export const USUAL_TARGET = 'x86_64-unknown-linux-musl';

/** Where the program lies in the package; a first guess, to be corrected by whoever knows the package. */
export const USUAL_LAYOUT = { fits: '*', spec: '{version}', kind: 'file', member: 'bin/{binary}{exe}' } as const;

const ARCHIVE = /\.(?:tar\.\w+|tgz|zip)$/;

/** What is known of an upstream when its manifest is written. */
export interface UpstreamShape {
  readonly targets: readonly string[];
  /** npm: how the package ships its program. */
  readonly layouts: readonly object[];
  /** local: the folder, from the root’s. */
  readonly path: string;
}

/** What the manifest of a new root says about it, whoever writes it. */
export type ManifestAnswers = Pick<
  InitAnswers,
  'name' | 'binary' | 'source' | 'upstream' | 'asset' | 'dialect' | 'required' | 'wrapper'
>;

function sourceUse(answers: ManifestAnswers, shape: UpstreamShape): SourceUse {
  const { source, upstream, binary, asset = '{binary}-{target}.tar.gz' } = answers;
  if (source === 'npm') return { use: source, settings: { package: upstream, binary, layouts: shape.layouts } };
  if (source === 'local') return { use: source, settings: { path: shape.path, name: `${binary}{exe}` } };
  const member = ARCHIVE.test(asset) ? { member: '{binary}{exe}' } : {};
  return { use: source, settings: { repository: upstream, binary, assets: [{ name: asset, ...member }] } };
}

/** The target that every CI can run stands first: without its snapshot there is nothing. */
function requiredOf(targets: readonly string[]): string {
  const runsInCi = (target: string, arch: string): boolean => {
    const platform = platformOf(target);
    return platform.os === 'any' || (platform.os === 'linux' && platform.arch === arch);
  };
  return targets.find((target) => runsInCi(target, 'x86_64')) ?? targets[0] ?? USUAL_TARGET;
}

/** The manifest of a new root. `$schema` is the copy that stands beside the roots: it resolves without a network. Pure. */
export function newManifest(answers: ManifestAnswers, shape: UpstreamShape): Manifest {
  const { name, binary, dialect, required = requiredOf(shape.targets), wrapper } = answers;
  return {
    $schema: `../${SCHEMA_COPY}`,
    manifest_schema_version: 1,
    tool: `${name}-cli`,
    binary,
    dialect,
    sources: [sourceUse(answers, shape)],
    targets: { required, expected: [...new Set([required, ...shape.targets])] },
    wrapper: { name: wrapper },
  };
}

/** The copy of the manifest’s schema, in the folder of the roots. */
export const SCHEMA_COPY = 'cliparity.schema.json';

/** Its text. */
export const manifestSchemaText = (): string =>
  `${JSON.stringify(schemaFiles().get('manifest-v1.schema.json') ?? {}, null, 2)}\n`;

/** A wrapper coverage that claims nothing yet. */
export const emptyCoverage = (wrapper: string): object => ({ schema_version: 2, wrapper, coverage: [] });
