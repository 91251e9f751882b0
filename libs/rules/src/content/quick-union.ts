import { schemaProblems } from '@cliparity/manifest-store';
import { CliparityError, UnionCommandSchema, UnionSchema, type Union, type UnionCommand } from '@cliparity/model';
import { Type } from '@sinclair/typebox';
import type { FileState } from '../engine/root-view.js';
import type { DerivedFile } from './derived-file.js';
import { isText } from './derived-file.js';
import type { RootFile } from './root-file.js';
import { unitFindings } from './unit-rules.js';

/** A union as its schema says, but with no commands. */
const ShellSchema = Type.Object(
  { ...UnionSchema.properties, commands: Type.Array(Type.Unknown(), { maxItems: 0 }) },
  { additionalProperties: false },
);
const sound = new WeakSet<UnionCommand>();

/**
 * The union of a version when its bytes are those that its snapshots give and nothing else is wrong with them: it need not be parsed then.
 * Undefined in every other case, whatever the reason: the slow way then says what.
 */
export async function quickUnion(
  state: FileState,
  derive: () => DerivedFile & { readonly value: Union },
): Promise<RootFile<Union> | undefined> {
  if (state.kind !== 'file') return undefined;
  const derived = attempt(derive);
  if (derived === undefined || !isText(state.bytes, derived.text)) return undefined;
  return (await isSound(derived.value)) ? { value: derived.value, text: derived.text, bytes: state.bytes } : undefined;
}

function attempt<T>(derive: () => T): T | undefined {
  try {
    return derive();
  } catch (error) {
    if (error instanceof CliparityError) return undefined;
    throw error;
  }
}

async function isSound(union: Union): Promise<boolean> {
  if (union.commands.length === 0 || (await schemaProblems(ShellSchema, { ...union, commands: [] })).length > 0)
    return false;
  for (const command of union.commands) {
    if (sound.has(command)) continue;
    if ((await schemaProblems(UnionCommandSchema, command)).length > 0) return false;
    sound.add(command);
  }
  return unitFindings({ file: '', commands: union.commands, isUnion: true }).length === 0;
}
