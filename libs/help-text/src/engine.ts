import type { Arg, CommandRow, HelpPage, PageSurface } from '@cliparity/model';
import { defined } from './defined.js';
import type { Found } from './found.js';
import { nextFilled, startsWithFlag, toLines, type Line } from './lines.js';
import { mergeArgs } from './merge-args.js';
import { normaliseHelp } from './normalise.js';
import type { PageContext } from './page-context.js';
import { readCommands } from './read-commands.js';
import { readRows } from './read-rows.js';
import { toSections, type Section } from './sections.js';
import { splitFront, type Front } from './front.js';
import type { Style } from './style.js';
import { readUsage } from './usage.js';
import { uniqueFlags } from './unique-flags.js';
import { markRequired } from './required-flags.js';
import { argsFromUsage } from './usage-args.js';
import type { UsageContext } from './usage-walk.js';

/** Characters of a page that are read; real pages stay below a quarter of it. Bounds time and memory on hostile output. */
export const PAGE_CAP = 4_194_304;

/**
 * Reads a help page into its surface: lines, sections by headings, columns by measuring, rows by columns, units by the
 * grammar of row heads, fields by remarks. Pure, total and linear in the page's length.
 */
export function readPage(page: HelpPage, style: Style): PageSurface {
  const sections = toSections(toLines(normaliseHelp(page.text.slice(0, PAGE_CAP))), style);
  const front = splitFront(sections, page, isPython(sections, style));
  const usageSections = sections.filter(({ kind }) => kind === 'usage').map(readUsage);
  const usage = [...front.usage, ...usageSections.flatMap((read) => read.usage)];
  const context = toContext(page, { style, sections, usage });
  const found: Found = { commands: [], flags: [], args: [], unexplained: [], usage };
  const free = usageSections.values();
  for (const section of sections) readSection(section, { context, found, free });
  const unread = page.text.length - PAGE_CAP;
  if (unread > 0) found.unexplained.push(`(${unread} characters beyond the first ${PAGE_CAP} were not read)`);
  const about = pageAbout(front, usageSections[0]?.rest ?? [], style);
  const shown = usageContext(found, context);
  const flags = uniqueFlags(found.flags);
  return {
    ...defined({ about: about === '' ? undefined : about }),
    usage: found.usage,
    commands: uniqueCommands(found.commands),
    flags: markRequired(flags, found.usage, shown),
    args: allArgs(found, shown),
    unexplained: found.unexplained,
  };
}

/** Before the usage, else behind it. A line that only names a version is no description when there is another. */
function pageAbout(front: Front, behindUsage: readonly Line[], style: Style): string {
  if (style.proseBeforeUsage) return front.about.replace(/^\S+ v?\d+\.\d+\.\d+\S*(?: |$)/, '');
  const isTitle = front.about.length < 200 && !front.about.includes('\n\n') && /\bv?\d+\.\d+/.test(front.about);
  if (front.about !== '' && !isTitle) return front.about;
  return front.aboutBehind(behindUsage) || front.about;
}

function toContext(
  page: HelpPage,
  from: { style: Style; sections: readonly Section[]; usage: readonly string[] },
): PageContext {
  return {
    style: from.style,
    words: ownWords(page, from.usage),
    joinHyphens: isPython(from.sections, from.style),
    choosesCommand: from.usage.some((line) => /\} \.\.\.$/.test(line.slice(-8))),
    hasCommands: from.sections.some(({ kind }) => kind === 'commands'),
  };
}

/** argparse prints its headings in lower case. */
const isPython = (sections: readonly Section[], { loose }: Style): boolean =>
  loose && sections.some(({ title }) => /^(?:positional|optional) arguments$|^options$/.test(title));

/** The program and the command the page is about: as the caller says, else the plain words that open the usage. */
function ownWords(page: HelpPage, usage: readonly string[]): string[] {
  const tokens = (usage[0] ?? '').slice(0, 1024).split(' ');
  const program = page.binary ?? tokens[0];
  if (program === undefined || program === '') return [];
  if (page.path !== undefined) return [program, ...page.path];
  const end = tokens.findIndex((token, index) => index > 0 && !/^[a-z][\w.:-]*$/.test(token));
  return [program, ...tokens.slice(1, end < 0 ? tokens.length : end)];
}

function readSection(
  section: Section,
  at: { context: PageContext; found: Found; free: Iterator<{ readonly rest: readonly Line[] }> },
): void {
  const { context, found } = at;
  if (section.kind === 'other') return;
  if (section.kind === 'commands' && !listsFlags(section)) {
    readCommands(section, context, found);
    return;
  }
  const isFree = section.kind === 'usage' || section.title === '';
  if (isFree && !context.style.freeRows) return;
  const lines = section.kind === 'usage' ? restOf(at.free) : section.lines;
  readRows(
    { ...section, lines, title: isFree ? '' : section.title, indent: isFree ? -1 : section.indent },
    context,
    found,
  );
}

/** The lines behind the next usage; sections come in the same order. */
function restOf(free: Iterator<{ readonly rest: readonly Line[] }>): readonly Line[] {
  const next = free.next();
  return next.done === true ? [] : next.value.rest;
}

/** gpg and dpkg call their main flags commands. */
const listsFlags = ({ lines }: Section): boolean => startsWithFlag(lines[nextFilled(lines, 0)]?.text ?? '');

/** What usage lines are read against: the units that the sections gave. */
function usageContext(found: Found, context: PageContext): UsageContext {
  const bySpelling = new Map<string, boolean>();
  for (const { long, short, takes_value } of found.flags) {
    if (long !== undefined) bySpelling.set(long, takes_value);
    if (short !== undefined) bySpelling.set(short, takes_value);
  }
  return {
    words: context.words,
    hasCommands: found.commands.length > 0 || context.hasCommands,
    commands: new Set(found.commands.flatMap(({ name, aliases = [] }) => [name, ...aliases])),
    takesValue: (spelling) => bySpelling.get(spelling),
  };
}

function allArgs(found: Found, context: UsageContext): Arg[] {
  const listed = uniqueBy(found.args, ({ name }) => name);
  return mergeArgs(listed, argsFromUsage(found.usage, context), found.usage.length === 1);
}

function uniqueCommands(rows: readonly CommandRow[]): CommandRow[] {
  const byName = new Map<string, CommandRow>();
  for (const row of rows) {
    const earlier = byName.get(row.name);
    if (earlier === undefined || (earlier.about === undefined && row.about !== undefined)) byName.set(row.name, row);
  }
  return [...byName.values()];
}

/** The first of each; a page may show a unit in a short list and again in full. */
function uniqueBy<T>(units: readonly T[], identity: (unit: T) => string): T[] {
  const first = new Map<string, T>();
  for (const unit of units) if (!first.has(identity(unit))) first.set(identity(unit), unit);
  return [...first.values()];
}
