import { compareVersions } from '@cliparity/model';
import type { Release } from '@cliparity/plugin-api';
import { prerelease, valid } from 'semver';
import type { Packument } from './registry.js';

/** Ends of versions that carry one platform's files, such as 0.125.0-linux-x64, and are no releases. */
const PLATFORM =
  /-(aix|android|darwin|freebsd|linux|linuxmusl|openbsd|sunos|win32)-(arm|arm64|ia32|ppc64|riscv64|s390x|x64)(-musl|-gnu)?$/;

/** A registry's time in our notation: registries differ in the zone they write, `Z` or `+00:00`. */
function timestamp(text: string | undefined): string | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

function releaseOf(version: string, packument: Packument): Release {
  const publishedAt = timestamp(packument.time?.[version]);
  const { deprecated } = packument.versions[version] ?? {};
  return {
    version,
    tag: version,
    ...(publishedAt !== undefined && { publishedAt }),
    draft: false,
    prerelease: prerelease(version) !== null,
    // npm takes an empty string back to "not deprecated".
    yanked: deprecated !== undefined && deprecated !== '' && deprecated !== false,
  };
}

/** The releases in a registry's document, newest first; platform versions are left out. Pure. */
export function npmReleases(packument: Packument): Release[] {
  const versions = Object.keys(packument.versions).filter(
    (version) => valid(version) !== null && !PLATFORM.test(version),
  );
  return versions.sort((a, b) => compareVersions(b, a)).map((version) => releaseOf(version, packument));
}
