import type { Flag } from '@cliparity/model';
import { takeChoiceList } from './choice-list.js';
import type { Facts } from './facts.js';
import { readFlagHead, type FlagHead } from './flag-head.js';
import { takeNotes } from './notes.js';
import type { PageContext } from './page-context.js';
import { unwrap } from './paragraphs.js';
import type { Row } from './rows.js';
import { groupOf, isGlobal, type Section } from './sections.js';
import { defined } from './defined.js';

/** Turns one row into a flag; undefined when its head is none. */
export function readFlag(row: Row, section: Section, context: PageContext): Flag | undefined {
  const flagHead = readFlagHead(row.head);
  if (flagHead === undefined) return undefined;
  const facts: Facts = {};
  const about = readAbout(row, facts, { lead: flagHead.rest, context });
  return {
    ...names(flagHead, facts),
    ...valueFields(flagHead, facts),
    ...defined({
      env: facts.env,
      required: facts.required,
      global: isGlobal(section) ? true : undefined,
      group: groupOf(section),
      about: about === '' ? undefined : about,
      deprecated: facts.deprecated === true || saysDeprecated(about) ? true : undefined,
    }),
  };
}

/** The description of a row with its remarks taken into `facts`. */
export function readAbout(row: Row, facts: Facts, from: { lead?: string; context: PageContext }): string {
  const lines = takeChoiceList(row.about, facts);
  const joined = unwrap(lines, from.context.joinHyphens);
  const lead = from.lead ?? '';
  const whole = lead === '' || joined === '' ? lead + joined : `${lead} ${joined}`;
  const about = takeNotes(whole, facts, from.context.style);
  return about.includes('  ') ? about.replace(/ {2,}/g, ' ') : about;
}

/** A description that opens with the word, with or without a bracket around it. */
export const saysDeprecated = (about: string): boolean => /^[[(]?deprecated\b/i.test(about);

function names({ spellings, negatable }: FlagHead, facts: Facts): Pick<Flag, 'key'> & Partial<Flag> {
  const isShort = (spelling: string): boolean => [...spelling].length === 2;
  const short = spellings.find(isShort);
  const long =
    spellings.find((spelling) => spelling.startsWith('--')) ?? spellings.find((spelling) => !isShort(spelling));
  const listed = (facts.aliases ?? []).map(dashed);
  const aliases = [...spellings.filter((spelling) => spelling !== long && spelling !== short), ...listed];
  return {
    key: long ?? short ?? spellings[0] ?? '-',
    ...defined({
      long,
      short,
      aliases: aliases.length > 0 ? aliases : undefined,
      negatable: negatable ? true : undefined,
    }),
  };
}

function dashed(alias: string): string {
  if (alias.startsWith('-')) return alias;
  return [...alias].length === 1 ? `-${alias}` : `--${alias}`;
}

function valueFields({ value }: FlagHead, facts: Facts): Pick<Flag, 'takes_value'> & Partial<Flag> {
  const form = value?.arity === 'count' ? undefined : value;
  const takes = form !== undefined || (facts.takesValue ?? facts.choices !== undefined);
  const choices = facts.choices ?? form?.choices;
  return {
    takes_value: takes,
    ...defined({
      value_name: form?.name,
      value_arity: takes ? (form?.arity === 'optional' ? 'optional' : 'required') : undefined,
      variadic: takes && (form?.variadic ?? facts.variadic) === true ? true : undefined,
      choices: takes && choices !== undefined ? [...choices] : undefined,
      choice_about: facts.choiceAbout === undefined ? undefined : Object.fromEntries(facts.choiceAbout),
      default: facts.default ?? value?.literal,
      repeatable: (value?.repeatable ?? facts.repeatable) === true ? true : undefined,
    }),
  };
}
