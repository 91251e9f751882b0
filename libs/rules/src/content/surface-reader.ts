import { isUtf8 } from 'node:buffer';
import { schemaProblems } from '@cliparity/manifest-store';
import { CommandSchema, serialize, serializePart, SnapshotSchema, type Command, type Snapshot } from '@cliparity/model';
import { Type } from '@sinclair/typebox';
import { cutBlock, cutCommands } from './command-block.js';
import type { RootFile } from './root-file.js';

/** A snapshot as its schema says, but with no commands. */
const ShellSchema = Type.Object(
  { ...SnapshotSchema.properties, commands: Type.Array(Type.Unknown(), { maxItems: 0 }) },
  { additionalProperties: false },
);
/** How many lists of commands are kept whole: as many as a version has targets, more or less. */
const BLOCKS = 8;

/**
 * Reads snapshots that are canonical and valid, command by command: one that was read before, on another target or in the version before, is
 * not parsed and checked again, and is the same object. A canonical text is the texts of its parts, so the whole is canonical and valid when
 * the shell and each command are.
 */
export interface SurfaceReader {
  /** Undefined where anything is not as it must be: the slow way then says what. */
  read(bytes: Uint8Array): Promise<RootFile<Snapshot> | undefined>;
  /** Between two versions: what the last two did not have is forgotten. */
  next(): void;
}

interface Piece {
  readonly text: string;
  readonly command: Command;
}

/** A reader that has read nothing yet. */
export function surfaceReader(): SurfaceReader {
  let known = new Map<string, Piece>();
  let before = new Map<string, Piece>();
  let blocks: readonly { readonly block: string; readonly commands: Command[] }[] = [];
  let likely: readonly string[] = [];

  const pieceOf = async (text: string): Promise<Piece | undefined> => {
    const piece = known.get(text) ?? before.get(text) ?? (await soundPiece(text));
    if (piece !== undefined) known.set(piece.text, piece);
    return piece;
  };
  const commandsOf = async (block: string): Promise<Command[] | undefined> => {
    const earlier = blocks.find((one) => one.block === block);
    if (earlier !== undefined) return earlier.commands;
    const pieces: Piece[] = [];
    for (const text of cutBlock(block, likely)) {
      const piece = await pieceOf(text);
      if (piece === undefined) return undefined;
      pieces.push(piece);
    }
    likely = pieces.map(({ text }) => text);
    const commands = pieces.map(({ command }) => command);
    blocks = [...blocks.slice(1 - BLOCKS), { block, commands }];
    return commands;
  };
  return {
    read: async (bytes) => {
      const text = isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString() : '';
      const cut = cutCommands(text);
      const shell = cut === undefined ? undefined : await soundShell(cut.shell);
      const commands = shell === undefined || cut === undefined ? undefined : await commandsOf(cut.block);
      return commands === undefined ? undefined : { value: { ...(shell as Snapshot), commands }, text, bytes };
    },
    next: () => {
      before = known;
      known = new Map();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function soundShell(text: string): Promise<object | undefined> {
  const value = parsed(text);
  const isSound = (await schemaProblems(ShellSchema, value)).length === 0 && serialize(ShellSchema, value) === text;
  return isSound ? (value as object) : undefined;
}

/** The command of a text that is canonical two brackets deep, and as the schema says. */
async function soundPiece(text: string): Promise<Piece | undefined> {
  const command = parsed(text);
  const isSound =
    (await schemaProblems(CommandSchema, command)).length === 0 && serializePart(CommandSchema, command, 2) === text;
  // A part of a string keeps the whole alive; what is kept is a copy.
  return isSound ? { text: Buffer.from(text).toString(), command: command as Command } : undefined;
}
