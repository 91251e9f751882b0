import { readdirSync, readFileSync } from 'node:fs';
import type { Layout } from '@cliparity/manifest-store';
import { compareVersions, SEMVER_PATTERN, VERSION_STATUSES, type Semver, type VersionStatus } from '@cliparity/model';

const VERSION = new RegExp(SEMVER_PATTERN);
const isStatus = (word: unknown): word is VersionStatus => VERSION_STATUSES.includes(word as VersionStatus);

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function statusIn(path: string): VersionStatus | undefined {
  try {
    const { status } = JSON.parse(readFileSync(path, 'utf8')) as { readonly status?: unknown };
    return isStatus(status) ? status : undefined;
  } catch {
    // Metadata that cannot be read says nothing here; validate says what is wrong with it.
    return undefined;
  }
}

/** The status that the metadata of each version states, of either format; versions without any are left out. */
export function versionStatuses(at: Layout): ReadonlyMap<Semver, VersionStatus> {
  const versions = namesIn(at.versions)
    .map((name) => name.replace(/\.json$/, ''))
    .filter((name) => VERSION.test(name))
    .sort(compareVersions);
  return new Map(
    versions.flatMap((version) => {
      const status = statusIn(at.version(version));
      return status === undefined ? [] : [[version, status] as const];
    }),
  );
}
