import type { Facts } from './facts.js';

/** What a section of a page lists. `other` is prose and examples; `unknown` is decided by its rows. */
export type SectionKind = 'usage' | 'flags' | 'commands' | 'args' | 'other' | 'unknown';

/** One kind of bracketed remark behind a description, such as `[default: x]`. */
export interface NoteRule {
  /** The bracket it stands in. */
  readonly open: '[' | '(' | '<';
  /** What the text inside begins with, in lower case. */
  readonly starts: string;
  /** The text inside is nothing but `starts`. */
  readonly whole?: boolean;
  /** Puts the rest of the text into the facts. */
  readonly apply: (rest: string, facts: Facts) => void;
}

/** What tells one dialect from another: tables and a few switches over the same engine. */
export interface Style {
  /** Meaning of a heading's words; the first pattern that matches decides, none makes it `unknown`. */
  readonly headings: readonly (readonly [RegExp, SectionKind])[];
  /** Remarks that leave the description and become fields. */
  readonly notes: readonly NoteRule[];
  /** Remarks in one bracket are separated by this (`; ` for click, `, ` before a key for commander). */
  readonly noteSeparator?: RegExp;
  /** Remarks that are read inside prose as well, where they stay. */
  readonly looseDefault?: RegExp;
  /** Dash rows before any heading are flags (GNU, busybox); clap never does that. */
  readonly freeRows: boolean;
  /** Everything before the usage line is the description, whatever it looks like. */
  readonly proseBeforeUsage: boolean;
  /** Lower-case bare words may be values (`--x string`), an upper-case line may be a heading. */
  readonly loose: boolean;
}
