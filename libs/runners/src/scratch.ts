import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The private folders of one child, all below `root`. */
export interface Scratch {
  readonly root: string;
  /** HOME; the XDG folders lie below it and come with their first use. */
  readonly home: string;
  /** TMPDIR, XDG_RUNTIME_DIR and the working folder, all of which must be there; empty at first. */
  readonly tmp: string;
}

const realBases = new Map<string, string>();

/** The base, made when absent, without links: a child may print the path it finds itself at. */
function realBase(base: string): string {
  const known = realBases.get(base);
  if (known !== undefined && existsSync(known)) return known;
  mkdirSync(base, { recursive: true });
  const real = realpathSync.native(base);
  realBases.set(base, real);
  return real;
}

/**
 * Makes the folders of one child below `base`.
 * Synchronous on purpose, as is the deletion: a handful of system calls costs a tenth of what the thread pool takes for them.
 */
export function makeScratch(base: string): Scratch {
  // The same length for every child: a page may wrap around a path.
  const root = join(realBase(base), `run-${String(process.pid).padStart(7, '0')}-${randomBytes(6).toString('hex')}`);
  const scratch = { root, home: join(root, 'home'), tmp: join(root, 'tmp') };
  for (const folder of Object.values(scratch)) mkdirSync(folder, 0o700);
  return scratch;
}

/** Deletes a folder; never follows a link. */
function removeTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeTree(path);
    else unlinkSync(path);
  }
  rmdirSync(folder);
}

/** Gives us back the right to delete below a folder that the child closed. */
function openUp(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openUp(join(folder, entry.name));
  }
}

/** Deletes them. What cannot be deleted even after asking for the right stays in the ignored scratch folder. */
export function removeScratch(scratch: Scratch): void {
  try {
    removeTree(scratch.root);
  } catch {
    try {
      openUp(scratch.root);
      rmSync(scratch.root, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Somebody else's files; the next run takes a folder of its own.
    }
  }
}

/**
 * Puts names in the place of this machine's paths: `$HOME`, `$TMPDIR`, and those of `names`.
 * @param names further paths and the word that stands for each; longer paths are replaced first
 */
export function withoutPaths(text: string, scratch: Scratch, names: Readonly<Record<string, string>> = {}): string {
  const pairs: [string, string][] = [[scratch.home, '$HOME'], [scratch.tmp, '$TMPDIR'], ...Object.entries(names)];
  const longestFirst = pairs.sort(([a], [b]) => b.length - a.length);
  return longestFirst.reduce((out, [path, name]) => (path === '' ? out : out.replaceAll(path, () => name)), text);
}
