import type { GithubSettings } from './settings.js';

const PUBLIC_API = 'https://api.github.com';
const PUBLIC_WEB = 'https://github.com';
/** Where GitHub keeps what releases ship. */
const STORAGE = ['objects.githubusercontent.com', 'release-assets.githubusercontent.com'];

/** The addresses of one repository. No trailing slashes. */
export interface Places {
  /** `…/repos/<owner>/<name>` */
  readonly api: string;
  /** `…/<owner>/<name>/releases/download` */
  readonly downloads: string;
  readonly redirectHosts: readonly string[];
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');

/** Works out the addresses. An Enterprise server's downloads lie on the host of its API. Pure. */
export function placesOf(settings: GithubSettings): Places {
  const api = trimmed(settings.api_url ?? PUBLIC_API);
  const home = settings.api_url === undefined ? PUBLIC_WEB : new URL(api).origin;
  const web = trimmed(settings.web_url ?? home);
  return {
    api: `${api}/repos/${settings.repository}`,
    downloads: `${web}/${settings.repository}/releases/download`,
    redirectHosts: [...STORAGE, ...(settings.redirect_hosts ?? [])],
  };
}

/** Where an asset lies for everybody, without the API. Pure. */
export function downloadUrl(places: Places, tag: string, name: string): string {
  return `${places.downloads}/${encodeURIComponent(tag)}/${encodeURIComponent(name)}`;
}

/** The tag and name of a download's address; undefined for another place. Pure. */
export function readDownloadUrl(
  places: Places,
  url: string,
): { readonly tag: string; readonly name: string } | undefined {
  if (!url.startsWith(`${places.downloads}/`)) return undefined;
  const match = /^([^/?#]+)\/([^/?#]+)$/.exec(url.slice(places.downloads.length + 1));
  if (match === null) return undefined;
  try {
    return { tag: decodeURIComponent(match[1] ?? ''), name: decodeURIComponent(match[2] ?? '') };
  } catch {
    return undefined;
  }
}
