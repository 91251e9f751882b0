/** The list of commands inside of the text of a snapshot, and the text around it. */
export interface CommandBlock {
  /** The text with an empty list in place of the commands. */
  readonly shell: string;
  /** The commands with all that stands between them. */
  readonly block: string;
}

const OPEN = '\n  "commands": [\n    {';
const CLOSE = '\n    }\n  ]';
const BETWEEN = '\n    },\n    {';

/** Cuts a canonical text at its commands; undefined where it does not look like one. Whoever asks checks what comes back. */
export function cutCommands(text: string): CommandBlock | undefined {
  const start = text.indexOf(OPEN);
  const end = text.lastIndexOf(CLOSE);
  if (start < 0 || end < start) return undefined;
  const from = start + OPEN.length - 1;
  const to = end + CLOSE.length - '\n  ]'.length;
  return {
    shell: `${text.slice(0, start)}\n  "commands": []${text.slice(end + CLOSE.length)}`,
    block: text.slice(from, to),
  };
}

/**
 * The texts of the commands of a block. Joined with `COMMAND_SEPARATOR` they are the block.
 * @param likely texts of commands that are probably among them, in this order: to compare is faster than to search
 */
export function cutBlock(block: string, likely: readonly string[] = []): readonly string[] {
  const texts: string[] = [];
  for (let from = 0; from < block.length;) {
    const guess = likely[texts.length];
    const text = guess !== undefined && standsAt(block, from, guess) ? guess : nextText(block, from);
    texts.push(text);
    from += text.length + COMMAND_SEPARATOR.length;
  }
  return texts;
}

function standsAt(block: string, from: number, text: string): boolean {
  const end = from + text.length;
  return block.startsWith(text, from) && (end === block.length || block.startsWith(NEXT, end));
}

function nextText(block: string, from: number): string {
  const at = block.indexOf(BETWEEN, from);
  return at < 0 ? block.slice(from) : block.slice(from, at + BETWEEN.length - NEXT.length);
}

/** What stands between two commands. */
export const COMMAND_SEPARATOR = ',\n    ';
const NEXT = `${COMMAND_SEPARATOR}{`;
