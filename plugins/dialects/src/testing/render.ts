import type { PageSurface } from '@cliparity/model';
import type { CliSpec } from './spec.js';

/** One framework's way to print an interface, written by us after its documentation. */
export interface Renderer {
  readonly name: string;
  /** What of a specification this framework can express. */
  readonly narrow: (spec: CliSpec) => CliSpec;
  readonly render: (spec: CliSpec, columns: number) => string;
  /** What a reader has to find on that page. */
  readonly expected: (spec: CliSpec) => PageSurface;
}

/** Joins blocks of lines with a blank line between, leaving out empty ones. */
export const page = (...blocks: readonly (readonly string[])[]): string =>
  `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;

/** A heading and its rows, or nothing where there are no rows. */
export const section = (title: string, rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? [] : [title, ...rows.flat()];
