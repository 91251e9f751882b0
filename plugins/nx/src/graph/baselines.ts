import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isVersion, olderFirst } from './versions.js';

/** As a version’s metadata states it. Metadata that cannot be read says nothing here; `validate` says what is wrong with it. */
function isValidated(path: string): boolean {
  try {
    const { status } = JSON.parse(readFileSync(path, 'utf8')) as { readonly status?: unknown };
    return status === 'validated' || status === 'supported';
  } catch {
    return false;
  }
}

function textOr(none: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return none;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * The validated versions of a root, oldest first: by their metadata, and the one that the pointer names. A report is shown against the last one
 * before its version, in the words of `standingOf` of libs/steps.
 * @param root absolute path of the root
 */
export function validatedVersions(root: string): readonly string[] {
  const stated = namesIn(join(root, 'versions'))
    .filter((name) => name.endsWith('.json') && isVersion(name.slice(0, -'.json'.length)))
    .filter((name) => isValidated(join(root, 'versions', name)))
    .map((name) => name.slice(0, -'.json'.length));
  const pointed = textOr('none', join(root, 'latest_validated.txt'));
  return [...new Set([...stated, ...(isVersion(pointed) ? [pointed] : [])])].sort(olderFirst);
}

/** The last validated version before this one. */
export const baselineOf = (validated: readonly string[], version: string): string | undefined =>
  validated.filter((other) => olderFirst(other, version) < 0).at(-1);
