import type { Release } from '@cliparity/plugin-api';
import { prerelease } from 'semver';
import type { ReleaseAnswer } from './answers.js';
import type { GithubSettings } from './settings.js';
import { versionOfTag } from './tags.js';

function timestamp(text: string | null): string | undefined {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** A release in our words; undefined when its tag is not of the root's pattern. GitHub knows no withdrawn releases. Pure. */
export function releaseOf(settings: GithubSettings, answer: ReleaseAnswer): Release | undefined {
  const version = versionOfTag(settings, answer.tag_name);
  if (version === undefined) return undefined;
  const publishedAt = timestamp(answer.published_at);
  return {
    version,
    tag: answer.tag_name,
    ...(publishedAt !== undefined && { publishedAt }),
    draft: answer.draft,
    prerelease: answer.prerelease || prerelease(version) !== null,
    yanked: false,
  };
}
