import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJsonIfThere, workspaceLayout, writeAtomic } from '@cliparity/manifest-store';
import { canonicalText, CliparityError, sha256 } from '@cliparity/model';
import type { VersionRecords } from '@cliparity/rules';
import { Type } from '@sinclair/typebox';

const RecordSchema = Type.Object({
  record_version: Type.Literal(1),
  code_sha256: Type.String(),
  /** Digests of the clean versions; empty in a record that only marks the begin of a run. */
  versions: Type.Record(Type.String(), Type.String()),
});

/** Clocks of file systems count in steps of up to two seconds: a file that changed so shortly before may change again unseen. */
const STEP_NS = 2_000_000_000n;

export interface OpenRecords extends VersionRecords {
  /** Leaves what was noted for the next run. */
  save(): Promise<void>;
}

export interface RecordOptions {
  /** Digest of the program that judges; of the one that runs unless said. */
  readonly code?: string | undefined;
  /** When the run began, in nanoseconds; the file system’s own now unless said. */
  readonly startedAt?: bigint;
}

/**
 * The records of a root in this workspace. Where they cannot be kept (no program file to tell its revision by, a folder that cannot be
 * written), there are none, and everything is judged anew.
 */
export async function openValidationRecords(
  root: { readonly name: string; readonly path: string; readonly workspace: string },
  { code = programDigest(), startedAt }: RecordOptions = {},
): Promise<OpenRecords | undefined> {
  if (code === undefined) return undefined;
  const file = workspaceLayout(root.workspace).validated(root.name);
  const before = await recorded(file);
  const known = new Map(before?.code_sha256 === code ? Object.entries(before.versions) : []);
  // Written anew at the begin: its time is the file system's own idea of now.
  if (!(await write(file, code, known))) return undefined;
  const marker = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (marker === undefined) return undefined;
  const noted = new Map<string, string>();
  return {
    known,
    stampOf: (path) => stampOf(join(root.path, path), (startedAt ?? marker.mtimeNs) - STEP_NS),
    note: (version, digest) => void noted.set(version, digest),
    save: async () => void (await write(file, code, noted)),
  };
}

/** Undefined when there is none, or none that can be read. */
async function recorded(file: string) {
  try {
    return await readJsonIfThere(file, RecordSchema);
  } catch (error) {
    if (error instanceof CliparityError) return undefined;
    throw error;
  }
}

/** False where it cannot be written: nobody’s files are worse for it. */
async function write(file: string, code: string, versions: ReadonlyMap<string, string>): Promise<boolean> {
  const record = { record_version: 1, code_sha256: code, versions: Object.fromEntries(versions) };
  try {
    await writeAtomic(file, `${canonicalText(record)}\n`);
    return true;
  } catch (error) {
    if (error instanceof CliparityError) return false;
    throw error;
  }
}

/**
 * Inode, size and both times of a plain file. Who changes a file in place and sets its time back still changes the time of its inode, which
 * only the system sets.
 */
function stampOf(path: string, before: bigint): string | undefined {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (found?.isFile() !== true || found.ctimeNs >= before || found.mtimeNs >= before) return undefined;
  return [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ');
}

/** Digest of the program's files: another build judges anew. Undefined when it runs from its sources, of which nobody knows the extent. */
export function programDigest(own = fileURLToPath(import.meta.url)): string | undefined {
  if (!/\.m?js$/.test(basename(own))) return undefined;
  const folder = dirname(own);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name))
    .sort();
  return sha256(canonicalText(files.map((name) => [name, sha256(readFileSync(join(folder, name)))])));
}
