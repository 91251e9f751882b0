/** What one step printed, before anything is replaced in it. */
export interface RawStream {
  readonly name: string;
  readonly transport: 'exec' | 'rpc';
  /** With placeholders, as the scenario says it. */
  readonly argv: readonly string[];
  readonly lines: readonly string[];
  /** Milliseconds before each line; absent of conversations, whose lines are put in order. */
  readonly pauses?: readonly number[];
  readonly exit: { readonly code: number | null; readonly signal: string | null };
  /** The exit codes of which any is right, where it is a race; the first stands in `exit`. */
  readonly exits?: readonly number[];
  /** The last line had no line feed. */
  readonly unfinished: boolean;
  readonly invalidUtf8: boolean;
}

/** Lines that are no JSON object, which other programs print between the events. */
export function isNoise(line: string): boolean {
  if (!line.startsWith('{')) return true;
  try {
    JSON.parse(line);
    return false;
  } catch {
    return true;
  }
}

/** The event on a line; undefined when it is noise. */
export function eventOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
