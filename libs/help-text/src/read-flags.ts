import type { Flag } from '@cliparity/model';
import { takeChoiceList } from './choice-list.js';
import type { Facts } from './facts.js';
import { readFlagHead, type FlagHead } from './flag-head.js';
import { takeNotes } from './notes.js';
import type { PageContext } from './page-context.js';
import { unwrap } from './paragraphs.js';
import type { Row } from './rows.js';
import { groupOf, isGlobal, type Section } from './sections.js';
import type { ValueForm } from './value-form.js';

/** Turns one row into a flag; undefined when its head is none. */
export function readFlag(row: Row, section: Section, context: PageContext): Flag | undefined {
  const flagHead = readFlagHead(row.head);
  if (flagHead === undefined) return undefined;
  const facts: Facts = {};
  const about = readAbout(row, facts, { lead: flagHead.rest, context });
  const flag = named(flagHead, facts);
  if (context.style.loose && impliesValue(facts)) facts.takesValue = true;
  addValue(flag, flagHead.value, facts);
  put(flag, 'env', facts.env);
  put(flag, 'required', facts.required);
  put(flag, 'global', isGlobal(section) || undefined);
  put(flag, 'group', groupOf(section));
  put(flag, 'about', about || undefined);
  put(flag, 'deprecated', facts.deprecated === true || saysDeprecated(about) || undefined);
  return flag;
}

/** Sets a field that is known and leaves out one that is not. */
function put<K extends keyof Flag>(flag: Flag, key: K, value: Flag[K] | undefined): void {
  if (value !== undefined) flag[key] = value;
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

const isShort = (spelling: string): boolean =>
  spelling.length === 2 || (spelling.length === 3 && [...spelling].length === 2);

/** A flag with its spellings: the first `--x` is the long one, else the first `-word`. */
function named({ spellings, negatable }: FlagHead, facts: Facts): Flag {
  let short: string | undefined;
  let long: string | undefined;
  for (const spelling of spellings) {
    if (isShort(spelling)) short ??= spelling;
    else if (long === undefined || (spelling.startsWith('--') && !long.startsWith('--'))) long = spelling;
  }
  const flag: Flag = { key: long ?? short ?? '-', takes_value: false };
  put(flag, 'long', long);
  put(flag, 'short', short);
  const aliases = spellings.filter((spelling) => spelling !== long && spelling !== short);
  for (const alias of facts.aliases ?? []) aliases.push(dashed(alias));
  if (aliases.length > 0) flag.aliases = aliases;
  if (negatable) flag.negatable = true;
  return flag;
}

function dashed(alias: string): string {
  if (alias.startsWith('-')) return alias;
  return [...alias].length === 1 ? `-${alias}` : `--${alias}`;
}

/** Literals that switches and counters have as well. */
const SWITCH = /^(?:true|false|yes|no|on|off|none|null|undefined|enabled|disabled|0)$/i;

/** A flag with a default such as `8080` takes a value, though nothing stands for it in the head (sade, untyped yargs). */
const impliesValue = ({ takesValue, default: literal }: Facts): boolean =>
  takesValue === undefined && literal !== undefined && !SWITCH.test(literal);

function addValue(flag: Flag, value: ValueForm | undefined, facts: Facts): void {
  const form = value?.arity === 'count' ? undefined : value;
  flag.takes_value = form !== undefined || (facts.takesValue ?? facts.choices !== undefined);
  if (flag.takes_value) addForm(flag, form, facts);
  put(flag, 'default', facts.default ?? value?.literal);
  put(flag, 'repeatable', (value?.repeatable ?? facts.repeatable) || undefined);
}

function addForm(flag: Flag, form: ValueForm | undefined, facts: Facts): void {
  put(flag, 'value_name', form?.name);
  flag.value_arity = form?.arity === 'optional' ? 'optional' : 'required';
  put(flag, 'variadic', (form?.variadic ?? facts.variadic) || undefined);
  const choices = facts.choices ?? form?.choices;
  if (choices !== undefined) flag.choices = [...choices];
  if (facts.choiceAbout !== undefined) flag.choice_about = Object.fromEntries(facts.choiceAbout);
}
