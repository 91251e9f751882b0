import { compareVersions } from '@cliparity/model';
import type { Release } from '@cliparity/plugin-api';
import { prerelease, valid } from 'semver';

/** Releases of bare versions, newest first; what is no semver is left out. A folder knows no dates: its times are of the copying. Pure. */
export function releasesOf(versions: readonly string[]): Release[] {
  const known = [...new Set(versions)].filter((version) => valid(version) === version);
  return known
    .sort((a, b) => compareVersions(b, a))
    .map((version) => ({
      version,
      tag: version,
      draft: false,
      prerelease: prerelease(version) !== null,
      yanked: false,
    }));
}
