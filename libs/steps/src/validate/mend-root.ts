import { join } from 'node:path';
import { RatchetSchema } from '@cliparity/coverage';
import { pointerText } from '@cliparity/lifecycle';
import { openRoot, parseJson, schemaProblems, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import {
  CliparityError,
  compareBytes,
  compareVersions,
  LockSchema,
  serialize,
  SnapshotSchema,
  WaiversSchema,
  type Lock,
} from '@cliparity/model';
import { bytesOf, entriesOf, folderView, parityFixes, rootPointers, versionsOf, type RootView } from '@cliparity/rules';
import type { TSchema } from '@sinclair/typebox';
import { openRootContext } from '../base/root-context.js';
import type { RootName } from '../base/roots-of.js';
import type { Workbench } from '../base/workbench.js';
import { writeGeneratedCopies } from './write-generated-copies.js';

interface Mend {
  readonly path: string;
  readonly text: string;
}
interface JsonFile {
  readonly path: string;
  readonly schema: TSchema;
  /** Puts lists into their one order. */
  readonly sorted?: (value: unknown) => unknown;
}

function sortedLock(value: unknown): unknown {
  const lock = value as Lock;
  const artifacts = [...lock.artifacts].sort(
    (a, b) => compareVersions(a.semantic_version, b.semantic_version) || compareBytes(a.target_triple, b.target_triple),
  );
  return { ...lock, artifacts };
}

const filesIn = (view: RootView, folder: string): readonly string[] =>
  entriesOf(view, folder).flatMap(({ name, kind }) =>
    kind === 'file' && name.endsWith('.json') ? [`${folder}/${name}`] : [],
  );

/** The files that this tool writes and whose content nothing else gives: they have one form, and it can be restored without knowing more. */
function writtenFiles(view: RootView): readonly JsonFile[] {
  const snapshots = versionsOf({ view }).flatMap((version) => filesIn(view, `snapshots/${version}`));
  return [
    { path: 'artifacts.lock.json', schema: LockSchema, sorted: sortedLock },
    { path: 'waivers.json', schema: WaiversSchema },
    ...snapshots.filter((path) => !path.endsWith('/union.json')).map((path) => ({ path, schema: SnapshotSchema })),
    ...filesIn(view, 'ratchets').map((path) => ({ path, schema: RatchetSchema })),
  ];
}

/** A file in its canonical form; undefined when it has it, or when its content is wrong, which no mending may touch. */
async function canonicalOf(view: RootView, { path, schema, sorted }: JsonFile): Promise<Mend | undefined> {
  const bytes = bytesOf(view, path);
  if (bytes === undefined) return undefined;
  try {
    const value = parseJson(withoutMark(bytes));
    if ((await schemaProblems(schema, value)).length > 0) return undefined;
    const text = serialize(schema, sorted === undefined ? value : sorted(value));
    return Buffer.compare(Buffer.from(text), bytes) === 0 ? undefined : { path, text };
  } catch (error) {
    if (error instanceof CliparityError) return undefined;
    throw error;
  }
}

/** A byte order mark says nothing; it is the one thing before the JSON that may go. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Pointer files as one line with a newline, where the word itself is one that a pointer may hold. */
function pointerMends(view: RootView): readonly Mend[] {
  const folders = ['pointers/latest_supported', 'pointers/latest_validated'];
  const below = folders.flatMap((folder) => entriesOf(view, folder).map(({ name }) => `${folder}/${name}`));
  return ['latest_validated.txt', 'min_supported.txt', ...below].flatMap((path) => {
    const bytes = bytesOf(view, path);
    const word = bytes === undefined ? undefined : Buffer.from(withoutMark(bytes)).toString('utf8').trim();
    if (bytes === undefined || word === undefined || !/^(?:none|\d+\.\d+\.\d+)$/.test(word)) return [];
    const text = pointerText(word);
    return Buffer.compare(Buffer.from(text), bytes) === 0 ? [] : [{ path, text }];
  });
}

/** `current.json` is a copy of the union of the latest validated version. */
function currentMend(view: RootView): readonly Mend[] {
  const version = rootPointers(view, []).rootValidated;
  const union = version === undefined ? undefined : bytesOf(view, `snapshots/${version}/union.json`);
  const current = bytesOf(view, 'current.json');
  if (union === undefined || (current !== undefined && Buffer.compare(current, union) === 0)) return [];
  return [{ path: 'current.json', text: Buffer.from(union).toString('utf8') }];
}

async function mendOlder(bench: Workbench, cli: string): Promise<readonly string[]> {
  const root = await openRoot(bench.workspace, bench.manifests, cli);
  return withRootLock(root, async () => {
    const writes = await parityFixes(folderView(root.path));
    for (const { path, bytes } of writes) await writeAtomic(join(root.path, path), bytes);
    return writes.map(({ path }) => path);
  });
}

async function mendCurrent(bench: Workbench, cli: string): Promise<readonly string[]> {
  const root = await openRootContext(bench, cli);
  return withRootLock(root, async () => {
    const view = folderView(root.path);
    const mends: Mend[] = [...pointerMends(view), ...currentMend(view)];
    for (const file of writtenFiles(view)) {
      const mend = await canonicalOf(view, file);
      if (mend !== undefined) mends.push(mend);
    }
    for (const { path, text } of mends) await writeAtomic(join(root.path, path), text);
    return [...mends.map(({ path }) => path), ...(await writeGeneratedCopies(root))];
  });
}

/**
 * `validate --fix` of one root: order, serialisation, line ends of what this tool wrote, and the generated copies; of an older root what its
 * own tools’ `fix` mode mends. Never content: a file whose content is wrong stays as it is, and validate says what is wrong with it.
 * @returns paths written, relative to the root. Errors: those of opening a root, ROOT_LOCKED, WRITE_FAILED.
 */
export async function mendRoot(bench: Workbench, { name, kind }: RootName): Promise<readonly string[]> {
  return kind === 'older' ? mendOlder(bench, name) : mendCurrent(bench, name);
}
