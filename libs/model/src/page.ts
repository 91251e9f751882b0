import { Type, type Static } from '@sinclair/typebox';
import { closed, Path } from './schema/common.js';

/** One run of the binary as the page store keeps it. Streams are decoded as UTF-8, newlines as printed. */
export const PageSchema = closed({
  path: Path,
  argv: Type.Array(Type.String()),
  stdout: Type.String(),
  stderr: Type.String(),
  exit_code: Type.Integer(),
  /** Bytes beyond the cap were cut off. */
  truncated: Type.Optional(Type.Boolean()),
});
export type Page = Static<typeof PageSchema>;

/** The help text of one command, as a dialect sees it: LF newlines, no escapes. */
export interface HelpPage {
  readonly text: string;
  /** The command it describes, when known; the root is []. */
  readonly path?: readonly string[];
  /** The program's name, when known. */
  readonly binary?: string;
}
