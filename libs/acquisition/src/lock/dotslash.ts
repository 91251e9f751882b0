import { UsageError, type ArchiveFormat, type LockEntry, type Provider } from '@cliparity/model';
import { parseNpmLocator } from './locator.js';
import { platformWords } from './platform-words.js';
import { providersOf } from './providers.js';

/** What writing a DotSlash file takes besides the lock. */
export interface DotslashOptions {
  /** The program's name. */
  readonly name: string;
  /** The address behind a locator; undefined when it has none that a stranger's machine could ask. */
  readonly urlOf: (locator: string) => string | undefined;
}
/** A DotSlash file, and the targets it could not say. */
export interface Dotslash {
  readonly text: string;
  readonly left: readonly { readonly target: string; readonly reason: string }[];
}

const OS = { linux: 'linux', macos: 'macos', windows: 'windows' } as const;
const ARCH: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };
/** DotSlash takes a file as it is when no format is said. */
const FORMAT: Readonly<Partial<Record<ArchiveFormat, string>>> = {
  'tar.gz': 'tar.gz',
  'tar.xz': 'tar.xz',
  'tar.zst': 'tar.zst',
  tar: 'tar',
  zip: 'zip',
  gz: 'gz',
};

/** The platform key of a target; undefined when DotSlash knows none such. */
function platformOf(target: string): string | undefined {
  const { os, arch } = platformWords(target);
  const cpu = ARCH[arch ?? ''];
  return os === undefined || cpu === undefined ? undefined : `${OS[os]}-${cpu}`;
}

function pathIn(entry: LockEntry, provider: Provider): string | undefined {
  if (provider.format === 'bare' || provider.format === 'gz') return provider.asset_name.replace(/\.gz$/, '');
  if (entry.kind === 'file') return provider.member;
  return [provider.member, entry.entry].filter((part) => part !== undefined).join('/');
}

/** DotSlash wants one asset per platform: the first that can be had and whose member is pinned, wherever its bytes are. */
function platformEntry(entry: LockEntry, options: DotslashOptions): object | string {
  const all = providersOf(entry);
  const first = all.find((one) => options.urlOf(one.locator) !== undefined && pathIn(entry, one) !== undefined);
  if (first === undefined) return 'no provider has an address and a pinned member';
  const urls = all.filter(({ sha256 }) => sha256 === first.sha256).flatMap((one) => options.urlOf(one.locator) ?? []);
  const format = FORMAT[first.format];
  return {
    size: first.size_bytes,
    hash: 'sha256',
    digest: first.sha256,
    ...(format !== undefined && { format }),
    path: pathIn(entry, first),
    providers: urls.map((url) => ({ url })),
  };
}

/**
 * The entries of one version as a DotSlash file. Two targets of one platform (musl and gnu): the first in the lock's order stands.
 * Throws UsageError DOTSLASH_EMPTY when no target can be said. Pure. Source: the DotSlash file format, dotslash-cli.com/docs/dotslash-file.
 */
export function lockToDotslash(entries: readonly LockEntry[], options: DotslashOptions): Dotslash {
  const platforms: Record<string, object> = {};
  const left: { target: string; reason: string }[] = [];
  for (const entry of entries) {
    const target = entry.target_triple;
    const platform = platformOf(target);
    const said = platform === undefined ? 'DotSlash knows no such platform' : platformEntry(entry, options);
    if (typeof said === 'string') left.push({ target, reason: said });
    else if (platforms[platform ?? ''] !== undefined) left.push({ target, reason: `${platform} is there already` });
    else platforms[platform ?? ''] = said;
  }
  if (Object.keys(platforms).length === 0) {
    throw new UsageError('DOTSLASH_EMPTY', `no target of ${options.name} can be written for DotSlash`, {
      where: options.name,
      remedy: `Lock a provider with an address: ${left.map(({ target, reason }) => `${target}: ${reason}`).join('; ')}.`,
    });
  }
  const text = JSON.stringify({ name: options.name, platforms }, null, 2);
  return { text: `#!/usr/bin/env dotslash\n\n${text}\n`, left };
}

/** The address of a locator: itself when it is one, for `npm:` the registry's usual place for tarballs. Pure. */
export function locatorUrl(locator: string, registryFor: (packageName: string) => string): string | undefined {
  if (locator.startsWith('https://')) return locator;
  const npm = parseNpmLocator(locator);
  if (npm === undefined) return undefined;
  return `${registryFor(npm.name).replace(/\/*$/, '/')}${npm.name}/-/${npm.name.replace(/^.*\//, '')}-${npm.version}.tgz`;
}
