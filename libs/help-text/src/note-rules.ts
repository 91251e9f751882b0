import { readList, unquote } from './brackets.js';
import type { Facts } from './facts.js';
import type { NoteRule } from './style.js';

type Apply = NoteRule['apply'];

/** Ready-made effects of remarks, the vocabulary of the dialects' tables. */
export const effects = {
  default: (rest: string, facts: Facts): void => {
    const literal = rest.replace(/^(?:is|to) /, '');
    facts.default ??= /^"([^"]*)"(?=[,; ])/.exec(literal)?.[1] ?? unquote(literal);
  },
  choices: (rest: string, facts: Facts): void => {
    facts.choices ??= readList(rest);
  },
  alternatives: (rest: string, facts: Facts): void => {
    facts.choices ??= readList(rest, '|');
  },
  /** `X=value` shows the variable's present value, which is this machine's business. */
  env: (rest: string, facts: Facts): void => {
    const name = rest.replace(/^\$/, '').split(/[=,\s]/)[0];
    if (name !== undefined && name !== '') facts.env ??= name;
  },
  aliases: (rest: string, facts: Facts): void => {
    facts.aliases = [...readList(rest), ...(facts.aliases ?? [])];
  },
  required: (_rest: string, facts: Facts): void => {
    facts.required = true;
  },
  deprecated: (_rest: string, facts: Facts): void => {
    facts.deprecated = true;
  },
  value: (_rest: string, facts: Facts): void => {
    facts.takesValue = true;
  },
  values: (_rest: string, facts: Facts): void => {
    facts.takesValue = true;
    facts.variadic = true;
  },
  count: (_rest: string, facts: Facts): void => {
    facts.takesValue = false;
    facts.repeatable = true;
  },
  switch: (_rest: string, facts: Facts): void => {
    facts.takesValue = false;
  },
  /** Known, but nothing a surface has a field for (commander's preset). */
  nothing: (): void => undefined,
  defaultCommand: (_rest: string, facts: Facts): void => {
    facts.isDefaultCommand = true;
  },
} satisfies Record<string, Apply>;

/** A rule for a remark that begins with `starts`. */
export const note = (open: NoteRule['open'], starts: string, apply: Apply): NoteRule => ({ open, starts, apply });

/** A rule for a remark that is exactly `word`. */
export const mark = (open: NoteRule['open'], word: string, apply: Apply): NoteRule => ({
  open,
  starts: word,
  whole: true,
  apply,
});
