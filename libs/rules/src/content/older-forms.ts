import { checkJson } from '@cliparity/manifest-store';
import { CliparityError, finding, serialize, SupplementSchema, type Finding } from '@cliparity/model';
import { SnapshotV1Schema } from '@cliparity/surface';
import { Type, type TSchema } from '@sinclair/typebox';
import { entriesOf, type RootView } from '../engine/root-view.js';
import { linksBelow } from './tree-rules.js';

const Anything = Type.Unknown();
/** What the three shapes of an older lock have in common. Source: reference/parity-formats.md section 1.4. */
const AnyLockSchema = Type.Object({
  artifacts: Type.Array(
    Type.Object({
      target_triple: Type.String(),
      asset_name: Type.String(),
      download_url: Type.String(),
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      size_bytes: Type.Integer({ minimum: 0 }),
    }),
  ),
});
/** Files that nothing is derived from: they must at least be what their names say. */
const PLAIN: Readonly<Record<string, TSchema>> = {
  'artifacts.lock.json': AnyLockSchema,
  'SCHEMA.json': Anything,
  'VERSION_METADATA_SCHEMA.json': Anything,
  'supplement/commands.json': SupplementSchema,
};

/**
 * Files of an older root that its own validator never opens, or opens without looking at their form: JSON that is none, keys that stand twice,
 * snapshots that are not as the older tool writes them, and links, which lead elsewhere on another machine. Codes: FILE_NOT_REGULAR, FILE_UNREADABLE, FILE_NOT_UTF8, FILE_INVALID_JSON, FILE_SCHEMA_INVALID,
 * FILE_NOT_CANONICAL.
 */
export async function olderFormFindings(view: RootView, prefix: string): Promise<readonly Finding[]> {
  const found: Finding[] = [...linksBelow({ view, prefix }, '')];
  for (const path of new Set([...Object.keys(PLAIN), ...jsonIn(view, 'supplement')]))
    found.push(...(await readable(view, path, prefix)).findings);
  for (const { name: version, kind } of entriesOf(view, 'snapshots'))
    for (const path of kind === 'folder' ? jsonIn(view, `snapshots/${version}`) : [])
      if (!path.endsWith('/union.json')) found.push(...(await snapshotForm(view, path, prefix)));
  return found;
}

const jsonIn = (view: RootView, folder: string): readonly string[] =>
  entriesOf(view, folder).flatMap(({ name }) => (name.endsWith('.json') ? [`${folder}/${name}`] : []));

interface Readable {
  readonly value?: unknown;
  readonly text?: string;
  readonly findings: readonly Finding[];
}

async function readable(view: RootView, path: string, prefix: string): Promise<Readable> {
  const state = view.read(path);
  const file = `${prefix}${path}`;
  if (state.kind === 'absent') return { findings: [] };
  if (state.kind === 'unreadable')
    return {
      findings: [finding({ code: 'FILE_UNREADABLE', message: `${file} cannot be read (${state.reason})`, file })],
    };
  try {
    const value = await checkJson(state.bytes, PLAIN[path] ?? Anything, { name: file });
    return { value, text: new TextDecoder().decode(state.bytes), findings: [] };
  } catch (error) {
    if (!(error instanceof CliparityError)) throw error;
    const pointer = /#(\/.*)$/.exec(error.where ?? '')?.[1];
    return { findings: [finding({ code: error.code, message: error.message, file, pointer, help: error.remedy })] };
  }
}

/** What is no snapshot at all is another rule’s matter. */
async function snapshotForm(view: RootView, path: string, prefix: string): Promise<readonly Finding[]> {
  const { value, text, findings } = await readable(view, path, prefix);
  const isSnapshot = typeof value === 'object' && value !== null && 'commands' in value;
  if (!isSnapshot || serialize(SnapshotV1Schema, value) === text) return findings;
  const file = `${prefix}${path}`;
  const message = `${file} is not in the form in which the older tools write it`;
  return [finding({ code: 'FILE_NOT_CANONICAL', message, file })];
}
