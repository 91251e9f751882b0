import type { Command, Snapshot } from '@cliparity/model';

const OPEN = '\n  "commands": [\n';
const CLOSE = '\n  ]';
/** Stands for the commands while the rest is parsed; a text that holds it is parsed whole. */
const STAND_IN = 'cliparity: the commands';

/**
 * The values of snapshot files of one version. Most targets print the same pages: a list of commands that is written alike in several files is
 * parsed once, and the snapshots then share its commands. Gives what `JSON.parse` gives of each. Errors: those of `JSON.parse`.
 */
export function readSnapshots(texts: readonly string[]): Snapshot[] {
  const known = new Map<string, Command[]>();
  return texts.map((text) => sharing(text, known) ?? (JSON.parse(text) as Snapshot));
}

/** Undefined where the text is not cut so that its parts are JSON. */
function sharing(text: string, known: Map<string, Command[]>): Snapshot | undefined {
  try {
    return readSharing(text, known);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readSharing(text: string, known: Map<string, Command[]>): Snapshot | undefined {
  const start = text.indexOf(OPEN);
  const end = text.indexOf(CLOSE, start + OPEN.length);
  if (start < 0 || end < 0 || text.includes(STAND_IN)) return undefined;
  const from = start + OPEN.length - '[\n'.length;
  const to = end + CLOSE.length;
  const list = text.slice(from, to);
  const commands = [...known].find(([one]) => one === list)?.[1] ?? (JSON.parse(list) as Command[]);
  known.set(list, commands);
  const shell = JSON.parse(`${text.slice(0, from)}"${STAND_IN}"${text.slice(to)}`) as Omit<Snapshot, 'commands'> & {
    commands: unknown;
  };
  // Only a list at the top can have been taken out and be found again.
  return shell.commands === STAND_IN ? { ...shell, commands } : undefined;
}
