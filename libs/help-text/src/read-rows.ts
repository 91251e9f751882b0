import { readArgHead } from './arg-head.js';
import { flagColumns, wordColumns, type Columns } from './columns.js';
import { defined } from './defined.js';
import type { Facts } from './facts.js';
import { append, type Found } from './found.js';
import { findGap } from './gap.js';
import { startsWithFlag, type Line } from './lines.js';
import type { PageContext } from './page-context.js';
import { nestedCommands } from './nested-commands.js';
import { readAbout, readFlag } from './read-flags.js';
import { flagRows, wordRows, type Row } from './rows.js';
import type { Section } from './sections.js';

/** Reads the rows of a section that lists flags, arguments or, below a heading of its own, either. */
export function readRows(section: Section, context: PageContext, found: Found): void {
  if (section.kind === 'args') readArgRows(section, context, found);
  else if (!readFlagRows(section, context, found) && listsArgs(section)) readArgRows(section, context, found);
}

/** @returns whether the section has rows of flags */
function readFlagRows(section: Section, context: PageContext, found: Found): boolean {
  const isFree = section.title === '';
  const lines = isFree ? withoutProse(section.lines) : section.lines;
  const columns = flagColumns(lines, rowFloor(section));
  if (columns === undefined) return false;
  for (const row of flagRows(lines, columns)) {
    const flag = readFlag(row, section, context);
    if (flag !== undefined && !(isFree && row.about.length === 0 && isLoose(row))) found.flags.push(flag);
    else if (flag === undefined && !isFree) found.unexplained.push(row.text);
  }
  if (!isFree) append(found.unexplained, bareDashes(section.lines, columns));
  if (context.style.loose && !columns.isBeside) append(found.unexplained, lonelyHeads(lines, columns));
  return true;
}

/** Outside of sections a line at the margin that begins with a dash is prose unless a gap or lines below say more. */
const isLoose = ({ indent }: Row): boolean => indent === 0;

/** Outside of sections a paragraph that opens with words is prose as far as its lines stand below each other. */
function withoutProse(lines: readonly Line[]): Line[] {
  let prose = -1;
  let isOpening = true;
  return lines.filter(({ indent, text }) => {
    if (text === '') isOpening = true;
    else if (isOpening) {
      prose = startsWithFlag(text) ? -1 : indent;
      isOpening = false;
    }
    return text === '' || indent !== prose;
  });
}

/** Rows stand right of their heading, unless the very first one stands in its column (python). */
function rowFloor({ lines, indent }: Section): number {
  const first = lines.find(({ text }) => text !== '');
  return first !== undefined && first.indent === indent && startsWithFlag(first.text) ? indent - 1 : indent;
}

const BARE = /^(?:--?(?: {2}|$)|-- )/;

/** `-` and `--` as rows of their own are no flags, but nothing that may be dropped. */
function bareDashes(lines: readonly Line[], { row, about }: Columns): string[] {
  const isBare = ({ indent, text }: Line): boolean =>
    indent >= row && indent < about && BARE.test(text) && (findGap(text) !== undefined || text.length < 3);
  return lines.filter(isBare).map(({ text }) => text);
}

/** A flag alone between blank lines, in the column of the descriptions: a row set wrong (wait-on) or an example. */
function lonelyHeads(lines: readonly Line[], { row, inner, about }: Columns): string[] {
  const isAlone = ({ indent, text }: Line, at: number): boolean =>
    indent > row &&
    indent !== inner &&
    (indent >= about || about === Infinity) &&
    startsWithFlag(text) &&
    lines[at - 1]?.text === '' &&
    lines[at + 1]?.text === '' &&
    !text.includes(' ');
  return lines.filter(isAlone).map(({ text }) => text);
}

/** A heading nobody knows above rows such as `<PATH>`. */
function listsArgs({ kind, title, lines }: Section): boolean {
  const first = lines.find(({ text }) => text !== '');
  return (
    kind === 'unknown' &&
    title !== '' &&
    first !== undefined &&
    /^(?:<[^<>]+>|\[[^[\]]+\])(?:\.\.\.)?(?:$| {2})/.test(first.text.slice(0, 512))
  );
}

function readArgRows(section: Section, context: PageContext, found: Found): void {
  const columns = wordColumns(section.lines, section.indent);
  if (columns === undefined) return;
  for (const row of wordRows(section.lines, columns)) {
    const nested = nestedCommands(row, section, context);
    if (nested !== undefined) append(found.commands, nested);
    else if (startsWithFlag(row.head)) readDashRow(row, { section, context, found });
    else readArgRow(row, context, found);
  }
}

function readDashRow(row: Row, at: { section: Section; context: PageContext; found: Found }): void {
  const flag = readFlag(row, at.section, at.context);
  if (flag === undefined) at.found.unexplained.push(row.text);
  else at.found.flags.push(flag);
}

function readArgRow(row: Row, context: PageContext, found: Found): void {
  const head = readArgHead(row.head);
  if (head === undefined) return;
  const facts: Facts = {};
  const about = readAbout(row, facts, { context });
  const choices = facts.choices ?? head.choices;
  found.args.push({
    name: head.name,
    required: facts.required ?? head.required,
    variadic: head.variadic || facts.variadic === true,
    ...defined({
      choices: choices === undefined ? undefined : [...choices],
      choice_about: facts.choiceAbout === undefined ? undefined : Object.fromEntries(facts.choiceAbout),
      default: facts.default,
      about: withEnv(about, facts),
    }),
  });
}

/** An argument has no field for its environment variable, so the remark stays in the description. */
function withEnv(about: string, { env }: Facts): string | undefined {
  const remark = env === undefined ? '' : `[env: ${env}]`;
  const whole = [about, remark].filter((part) => part !== '').join(' ');
  return whole === '' ? undefined : whole;
}
