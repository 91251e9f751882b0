import type { Style } from './style.js';

/** What is known about a page before its sections are read. */
export interface PageContext {
  readonly style: Style;
  /** The program and the words of the command, as far as caller or usage lines tell. */
  readonly words: readonly string[];
  /** Python's textwrap breaks lines at hyphens. */
  readonly joinHyphens: boolean;
  /** The page lists commands, so a `COMMAND` on a usage line is no argument. */
  readonly hasCommands: boolean;
  /** A usage line ends in `{a,b} ...`: argparse's sub-commands, though no section may describe them. */
  readonly choosesCommand: boolean;
}
