import { bytesFrom } from '@cliparity/acquisition';
import { UsageError } from '@cliparity/model';
import type { Source } from '@cliparity/plugin-api';
import { localAsset, servedTargets } from './local-asset.js';
import { releasesOf } from './local-releases.js';
import type { LocalSourceSettings } from './settings.js';

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** A mirror behind an address, laid out by a template. Throws SOURCE_VERSIONS_UNKNOWN and the errors of the HTTP client. */
export function createMirrorSource(settings: LocalSourceSettings): Source {
  const base = (settings.url ?? '').replace(/\/*$/, '/');
  const redirectHosts = settings.redirect_hosts ?? [];
  return {
    id: 'local',
    revision: 1,
    async *releases() {
      if (settings.versions === undefined) {
        throw new UsageError('SOURCE_VERSIONS_UNKNOWN', `${base} does not tell its versions`, {
          where: base,
          remedy: 'List them under "versions" in the local source’s settings.',
        });
      }
      yield* releasesOf(settings.versions);
    },
    async assets(version, targets) {
      if (settings.versions?.includes(version) === false) return [];
      const placed = servedTargets(settings, targets).map((target) =>
        localAsset(settings, { version, target }, (path) => base + encoded(path)),
      );
      return placed.flatMap((one) => (one === undefined ? [] : [one.asset]));
    },
    owns: (locator) => locator.startsWith(base),
    async open(locator, from, io) {
      const headers: Readonly<Record<string, string>> = from > 0 ? { range: `bytes=${from}-` } : {};
      return bytesFrom(await io.fetch(locator, { headers, redirectHosts }), locator);
    },
  };
}
