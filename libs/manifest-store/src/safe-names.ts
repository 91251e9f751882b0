import { SEMVER_PATTERN, UsageError } from '@cliparity/model';

const VERSION = new RegExp(SEMVER_PATTERN);
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** Windows gives these names to devices, in any folder and with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The version, when it is a bare semantic version and so can be a folder's name. Error: VERSION_INVALID. */
export function safeVersion(version: string): string {
  if (VERSION.test(version)) return version;
  throw new UsageError('VERSION_INVALID', `${JSON.stringify(version)} is not a version such as 1.2.3.`, {
    where: version,
    remedy: 'Give a bare semantic version, without a leading v.',
  });
}

/**
 * The name, when it can be a file's or folder's name on every system and stays inside its folder.
 * @param what what is named, for the error: `target`, `root`, `wrapper` …
 * Error: NAME_INVALID.
 */
export function safeName(what: string, name: string): string {
  if (NAME.test(name) && !DEVICE.test(name) && !name.endsWith('.')) return name;
  throw new UsageError('NAME_INVALID', `${JSON.stringify(name)} cannot be the name of a ${what}.`, {
    where: name,
    remedy: 'Use letters, digits, dots, dashes and underscores, a letter or digit first.',
  });
}

/** A target that can have a snapshot: `union` is the merged file’s name. Error: NAME_INVALID. */
export function safeTarget(target: string): string {
  if (target !== 'union') return safeName('target', target);
  throw new UsageError('NAME_INVALID', 'No target can be called "union": its snapshot would be the union.', {
    where: target,
    remedy: 'Give the target another name.',
  });
}
