import type { LockEntry, Provider } from '@cliparity/model';
import { platformConflict } from './platform-words.js';

/** An npm locator's parts. */
export interface NpmLocator {
  readonly name: string;
  /** An exact version, platform suffix included. */
  readonly version: string;
}

/** Reads `npm:<package>@<version>`; undefined for anything else. */
export function parseNpmLocator(locator: string): NpmLocator | undefined {
  const match = /^npm:((?:@[^/@]+\/)?[^/@]+)@([^/@#]+)$/.exec(locator);
  return match === null ? undefined : { name: match[1] as string, version: match[2] as string };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text holds a version as a whole word: 0.12.5 is not in 0.12.50 nor in 10.12.5. */
function holdsVersion(text: string, version: string): boolean {
  return new RegExp(
    `(?<![0-9.])${escaped(version)}(?![0-9]|\\.[0-9]|-(?:alpha|beta|rc|next|dev|nightly|preview|canary))`,
  ).test(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function problemOf(provider: Provider, entry: LockEntry): string | undefined {
  const { locator } = provider;
  const npm = parseNpmLocator(locator);
  if (locator.startsWith('npm:') && npm === undefined) return `${locator} is not npm:<package>@<version>`;
  const named = npm === undefined ? decoded(locator) : npm.version;
  // A file on disk is the user's own and may be called anything; its digest still holds.
  const free = locator.startsWith('file:');
  if (!free && !holdsVersion(named, entry.semantic_version))
    return `${locator} does not name version ${entry.semantic_version}`;
  const conflict =
    platformConflict(entry.target_triple, named) ?? platformConflict(entry.target_triple, provider.asset_name);
  return conflict === undefined ? undefined : `${locator} is for ${conflict}`;
}

/**
 * What does not fit between the locators of an entry and its version and target, as sentences; empty when all fits. Pure.
 * A locator must name the version, and must not name another operating system or architecture.
 */
export function checkLocator(entry: LockEntry): string[] {
  const providers: readonly Provider[] = [entry, ...(entry.providers ?? [])];
  return providers.map((provider) => problemOf(provider, entry)).filter((problem) => problem !== undefined);
}
