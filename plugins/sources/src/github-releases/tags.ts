import { valid } from 'semver';
import type { GithubSettings } from './settings.js';

const STABLE = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

/** The tag of a version. Pure. */
export function tagOf(settings: GithubSettings, version: string): string {
  return (settings.tag ?? 'v{version}').replace('{version}', () => version);
}

/** The version of a tag; undefined for a tag that is not exactly of the root's pattern. Pure. */
export function versionOfTag(settings: GithubSettings, tag: string): string | undefined {
  const [before = '', after = ''] = (settings.tag ?? 'v{version}').split('{version}');
  if (!tag.startsWith(before) || !tag.endsWith(after) || tag.length <= before.length + after.length) return undefined;
  const version = tag.slice(before.length, tag.length - after.length);
  const fits = settings.versions === 'all' ? valid(version) === version : STABLE.test(version);
  return fits ? version : undefined;
}
