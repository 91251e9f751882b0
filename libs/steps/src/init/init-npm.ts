/** What a package says about itself in its manifest; nothing of it is trusted to have the right type. */
export interface PackageFacts {
  readonly name: string;
  readonly version?: unknown;
  readonly bin?: unknown;
  readonly dependencies?: unknown;
  readonly optionalDependencies?: unknown;
}
/** How an npm package ships its program, as far as its manifest tells. */
export interface NpmGuess {
  /** Targets by npm's names, or `any` for a script. */
  readonly targets: readonly string[];
  readonly layouts: readonly Readonly<Record<string, unknown>>[];
  /** What a person should look at. */
  readonly notes: readonly string[];
}
interface PlatformPackage {
  readonly platform: string;
  /** Where its package and version are, as the npm source’s templates. */
  readonly package: string;
  readonly spec: string;
}

const PLATFORM = /(?:linux|darwin|win32)-(?:x64|arm64)$/;
const OTHER_PLATFORM = /(?:linux|darwin|win32|windows|android|freebsd|sunos|aix|openbsd)[-a-z0-9]*$/;

const textsOf = (value: unknown): readonly (readonly [string, string])[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    : [];

/** The programs of a package and the files that start them. A bare path means the package’s own name. */
export function programsOf({ name, bin }: PackageFacts): ReadonlyMap<string, string> {
  if (typeof bin === 'string') return new Map([[name.replace(/^.*\//, ''), bin]]);
  return new Map(textsOf(bin));
}

/** `npm:<package>@<version>`, the way to depend on one package under another name. */
const ALIAS = /^npm:((?:@[^/@]+\/)?[^/@]+)@(.+)$/;

/** Whether a package is part of the program, and not an addon that it happens to use: it is called after it, or by the same people. */
function isRelated(target: string, facts: PackageFacts, binary: string): boolean {
  const [scope, base = target] = target.startsWith('@') ? target.split('/') : [undefined, target];
  const own = facts.name.startsWith('@') ? facts.name.split('/')[0] : undefined;
  if (target.startsWith(facts.name) || base.startsWith(binary)) return true;
  return scope !== undefined && [own, `@${binary}`, `@${facts.name}`].includes(scope);
}

interface Optional {
  readonly name: string;
  readonly range: string;
  readonly binary: string;
}

function platformPackage(facts: PackageFacts, { name, range, binary }: Optional): PlatformPackage | undefined {
  const [, target = name, spec = range] = ALIAS.exec(range) ?? [];
  if (!isRelated(target, facts, binary)) return undefined;
  const version = typeof facts.version === 'string' ? facts.version : '';
  const platform = (PLATFORM.exec(spec) ?? PLATFORM.exec(target))?.[0];
  if (platform === undefined) return undefined;
  const own = target === facts.name ? '{package}' : target.replace(`${facts.name}-`, '{package}-');
  return {
    platform,
    package: own.replace(platform, '{npm}'),
    // A range says which versions would do; each release has its own.
    spec: PLATFORM.test(spec) ? spec.replace(version, '{version}').replace(platform, '{npm}') : '{version}',
  };
}

/** The layout that most platform packages have, and how many have another. */
function commonLayout(
  packages: readonly PlatformPackage[],
): readonly [first: PlatformPackage, rest: number] | undefined {
  const [first] = packages;
  if (first === undefined) return undefined;
  return [first, packages.filter((one) => one.package !== first.package || one.spec !== first.spec).length];
}

function scriptGuess(facts: PackageFacts, entry: string | undefined): NpmGuess {
  const needs = textsOf(facts.dependencies).length;
  return {
    targets: ['any'],
    layouts: [
      { fits: '*', spec: '{version}', kind: 'tree', member: '.', entry: entry?.replace(/^\.\//, '') ?? 'bin/{binary}' },
    ],
    notes: needs === 0 ? [] : [`${facts.name} has ${needs} dependencies, which its own tarball does not hold`],
  };
}

/**
 * How a package ships its program: platform packages among its optional dependencies, else a script of its own. Which file of a platform
 * package is the program stands in no manifest: that is a guess to be looked at. Pure.
 * @param member the program’s path in a platform package, where somebody looked
 */
export function guessNpm(facts: PackageFacts, binary: string, member?: string): NpmGuess {
  const optional = textsOf(facts.optionalDependencies);
  const packages = optional.flatMap(([name, range]) => platformPackage(facts, { name, range, binary }) ?? []);
  const common = commonLayout(packages);
  if (common === undefined) return scriptGuess(facts, programsOf(facts).get(binary));
  const [first, others] = common;
  const strange = optional.filter(([name]) => !PLATFORM.test(name) && OTHER_PLATFORM.test(name)).map(([name]) => name);
  return {
    targets: [...new Set(packages.map(({ platform }) => platform))],
    layouts: [
      {
        fits: '*',
        ...(first.package !== '{package}' && { package: first.package }),
        spec: first.spec,
        kind: 'file',
        member: member ?? 'bin/{binary}{exe}',
      },
    ],
    notes: [
      ...(member === undefined
        ? [
            `the program is taken to be bin/${binary} in each platform package; cliparity lock says what is in one when it is not`,
          ]
        : []),
      ...(others === 0 ? [] : [`${others} platform packages are named otherwise and need a layout of their own`]),
      ...(strange.length === 0 ? [] : [`left out, no target of that name is known: ${strange.join(', ')}`]),
    ],
  };
}
