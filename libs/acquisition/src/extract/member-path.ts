import { archiveError } from './limits.js';

// A loop and not a pattern: lint takes control characters in a pattern for a slip.
const hasControl = (text: string): boolean => [...text].some((c) => c < ' ' || c === '\u007f');

function reasonAgainst(name: string, segments: readonly string[]): string | undefined {
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'is absolute';
  if (name.includes('\\')) return 'holds a backslash';
  if (hasControl(name)) return 'holds a control character';
  // What a decoder puts in place of bytes that are no text.
  if (name.includes('\ufffd')) return 'is not UTF-8';
  if (segments.includes('..')) return 'leads out of the folder';
  return undefined;
}

/**
 * A member's name as a clean relative path: no `.` segments, no trailing slash; '' is the root folder itself.
 * Throws ARCHIVE_MEMBER_PATH for absolute names, `..`, backslashes, control characters (NUL among them)
 * and bytes that are no UTF-8.
 */
export function memberPath(name: string, archive: string): string {
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  const reason = reasonAgainst(name, segments);
  if (reason === undefined) return segments.join('/');
  throw archiveError('ARCHIVE_MEMBER_PATH', archive, `member ${JSON.stringify(name)} ${reason}`);
}

/** The path of a member below a folder of the archive; undefined when it is not below it. '' means the whole archive. */
export function below(folder: string, path: string): string | undefined {
  if (folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/**
 * Where a link leads, as a path of the archive. A symbolic link counts from its own folder, a hard link from the archive's root.
 * Throws ARCHIVE_LINK when it leaves the archive.
 */
export function linkTarget(
  link: { readonly path: string; readonly to: string; readonly symbolic: boolean },
  archive: string,
): string {
  const refuse = (): never => {
    throw archiveError(
      'ARCHIVE_LINK',
      archive,
      `link ${link.path} leads out of the folder, to ${JSON.stringify(link.to)}`,
    );
  };
  if (link.to === '' || link.to.startsWith('/') || /^[A-Za-z]:|\\/.test(link.to) || hasControl(link.to)) refuse();
  const segments = link.symbolic ? link.path.split('/').slice(0, -1) : [];
  for (const segment of link.to.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) refuse();
  }
  return segments.join('/');
}
