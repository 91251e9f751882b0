import { githubMatrices, gitlabMatrices, homelessTargets, type RootOfCi } from './ci-matrix.js';
import { GITHUB_MAIN } from './github-main.js';
import { GITHUB_UPDATE } from './github-update.js';
import { GITHUB_WATCH } from './github-watch.js';
import { GITLAB_MAIN } from './gitlab-main.js';
import { fillCiTemplate } from './template-text.js';

export const CI_PROVIDERS = ['github', 'gitlab'] as const;
export type CiProvider = (typeof CI_PROVIDERS)[number];

/** How the files run Nx; absent where the command works alone. */
export interface CiNx {
  /** Folder of our scripts, relative to the workspace. */
  readonly bin: string;
  readonly packageManager: PackageManager;
}
export const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn'] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

export interface CiRequest {
  readonly provider: CiProvider;
  readonly roots: readonly RootOfCi[];
  /** Relative to the workspace. */
  readonly manifests: string;
  /** The branch that may write to the shared cache. */
  readonly branch: string;
  /** Write where the provider looks, and not to `ci-templates/`. */
  readonly activate: boolean;
  readonly nx: CiNx | undefined;
  /** Version of ours that machines without Nx fetch. */
  readonly version: string;
  /** The command that wrote the files, for their first line. */
  readonly by: string;
}
/** One file to be written; the path is relative to the workspace. */
export interface CiFile {
  readonly path: string;
  readonly text: string;
}

/** Template, file in `ci-templates/<provider>/`, and the place where the provider looks. */
const FILES: Readonly<Record<CiProvider, readonly (readonly [text: string, name: string, place: string])[]>> = {
  github: [
    [GITHUB_MAIN, 'cliparity.yml', '.github/workflows/cliparity.yml'],
    [GITHUB_WATCH, 'cliparity-watch.yml', '.github/workflows/cliparity-watch.yml'],
    [GITHUB_UPDATE, 'cliparity-update.yml', '.github/workflows/cliparity-update.yml'],
  ],
  gitlab: [[GITLAB_MAIN, 'cliparity.gitlab-ci.yml', '.gitlab-ci.yml']],
};

const INSTALL: Readonly<Record<PackageManager, string>> = {
  npm: 'npm ci',
  pnpm: 'corepack enable && pnpm install --frozen-lockfile',
  yarn: 'corepack enable && yarn install --immutable',
};

function valuesOf(request: CiRequest): Record<string, string> {
  const { provider, roots, manifests, branch, nx, version, by } = request;
  const names = (some: readonly RootOfCi[]): string => some.map(({ cli }) => cli).join(', ');
  return {
    ...(provider === 'github' ? githubMatrices : gitlabMatrices)(roots, nx !== undefined, manifests),
    written: `Written by \`${by}\``,
    branch,
    manifests,
    cliList: names(roots),
    testedList: names(roots.filter(({ hasTests }) => hasTests)),
    // Whoever has Nx has us as a dependency beside it; elsewhere the version is said here.
    cliparity: nx === undefined ? `npx --yes cliparity@${version}` : 'npx cliparity',
    install: INSTALL[nx?.packageManager ?? 'npm'],
    preflight: `${nx?.bin ?? ''}/cache-preflight.mjs`,
    rawHelp: `${nx?.bin ?? ''}/raw-help.mjs`,
  };
}

/** The files of a provider for the roots that there are, and the targets that none of its machines runs. Pure. */
export function ciFiles(request: CiRequest): {
  readonly files: readonly CiFile[];
  readonly homeless: readonly string[];
} {
  const { provider, roots, activate, nx } = request;
  const values = valuesOf(request);
  const on = {
    nx: nx !== undefined,
    plain: nx === undefined,
    cached: nx?.packageManager === 'npm',
    tested: roots.some(({ hasTests }) => hasTests),
  };
  const files = FILES[provider].map(([text, name, place]) => ({
    path: activate ? place : `ci-templates/${provider}/${name}`,
    text: fillCiTemplate(text, on, values),
  }));
  return { files, homeless: homelessTargets(roots) };
}
