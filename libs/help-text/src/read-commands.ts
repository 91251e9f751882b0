import { bareCommandNames } from './command-lists.js';
import { isOwnUsage, readCommandHead } from './command-head.js';
import { commandRow } from './command-row.js';
import { wordColumns } from './columns.js';
import type { Facts } from './facts.js';
import { append, type Found } from './found.js';
import { findGap } from './gap.js';
import type { Line } from './lines.js';
import { nestedCommands } from './nested-commands.js';
import type { PageContext } from './page-context.js';
import { readAbout } from './read-flags.js';
import { wordRows, type Row } from './rows.js';
import { groupOf, kindOf, type Section } from './sections.js';

/** Reads a section of commands. Every line in its row column is a command or unexplained; nothing else is a row. */
export function readCommands(section: Section, context: PageContext, found: Found): void {
  for (const group of splitGroups(section)) readGroup(group, context, found);
}

/** Cuts at lines in the heading's own column: directly above a row they head a group (git), else the rows end there. */
function splitGroups(section: Section): Section[] {
  const groups: Section[] = [];
  let open: { title: string; lines: Line[] } | undefined = { title: section.title, lines: [] };
  const isGridded = bareCommandNames(section) !== undefined;
  section.lines.forEach((line, at) => {
    if (isGridded || line.text === '' || line.indent > section.indent) {
      open?.lines.push(line);
      return;
    }
    if (open !== undefined) groups.push({ ...section, ...open });
    const next = section.lines[at + 1];
    open = next !== undefined && next.indent > line.indent ? { title: line.text, lines: [] } : undefined;
  });
  if (open !== undefined) groups.push({ ...section, ...open });
  return groups;
}

function readGroup(section: Section, context: PageContext, found: Found): void {
  const names = bareCommandNames(section);
  if (names !== undefined) {
    const noText = { about: '', facts: {}, group: groupOf(section) };
    for (const name of names) found.commands.push(commandRow({ name, aliases: [], isNested: false }, noText));
    return;
  }
  const columns = wordColumns(section.lines, section.indent);
  if (columns === undefined) return;
  const rows = wordRows(skipIntroduction(section.lines, columns.row), columns);
  const words = context.words.length > 0 ? context.words : sharedWords(rows);
  if (isText(rows)) {
    append(
      found.unexplained,
      rows.map(({ text }) => text),
    );
    return;
  }
  for (const row of rows) {
    const nested = nestedCommands(row, section, context);
    if (nested !== undefined) append(found.commands, nested);
    else readCommandRow(row, { section, context, words }, found);
  }
}

interface RowPlace {
  readonly section: Section;
  readonly context: PageContext;
  readonly words: readonly string[];
}

/** `Examples:` in the rows' own column with text below it: a description of several paragraphs, printed as it was written (commander). */
const isInnerHeading = ({ head, text, about }: Row, { style }: PageContext): boolean =>
  about.length > 0 && /^[A-Z][A-Za-z ]*:$/.test(text) && head === text && kindOf(text.slice(0, -1), style) === 'other';

function readCommandRow(row: Row, { section, context, words }: RowPlace, found: Found): void {
  if (isInnerHeading(row, context)) return;
  if (isOwnUsage(row.head, words)) {
    if (!found.usage.includes(row.head)) found.usage.push(row.head);
    return;
  }
  // cac lists the arguments of the default command as a row.
  if (/^[<[]/.test(row.head) && context.words.length > 0 && found.usage.some((line) => line.endsWith(` ${row.head}`)))
    return;
  const head = isSentence(row, words[0]) ? undefined : readCommandHead(row.head, words);
  if (head === undefined) {
    found.unexplained.push(row.text);
    return;
  }
  const facts: Facts = {};
  const about = readAbout(row, facts, { context });
  if (facts.isDefaultCommand === true && row.head === words.join(' ')) return;
  found.commands.push(commandRow(head, { about, facts, group: groupOf(section) }));
}

/** Lines without any description of which most are sentences or calls: a text about commands, not a list of them. */
function isText(rows: readonly Row[]): boolean {
  const phrases = rows.filter(({ head }) => / /.test(head) && !/[<[|,]/.test(head)).length;
  return rows.every(({ about }) => about.length === 0) && phrases * 2 > rows.length;
}

/** Several plain words that no gap parts from a description, unless they begin with the program's name. */
const isSentence = ({ head, text, about }: Row, program = ''): boolean =>
  head === text &&
  /^\S+,? [a-z'’]+(?: |[.,:;!?]|$)/.test(head) &&
  !(about.length > 0 && program !== '' && head.startsWith(`${program} `));

/** Words that all rows begin with, as yargs repeats the program's name in every row. */
function sharedWords(rows: readonly Row[]): string[] {
  const heads = rows.slice(0, 1000).map(({ head }) => head.slice(0, 256).split(' '));
  const first = heads[0] ?? [];
  const shared: string[] = [];
  if (heads.length < 2) return shared;
  for (let index = 0; index < first.length - 1; index += 1) {
    const word = first[index] ?? '';
    if (!/^[\w.-]+$/.test(word) || !heads.every((head) => head[index] === word)) break;
    shared.push(word);
  }
  return shared;
}

/** Leaves out a group's own sentence above its rows, parted from them by a blank line. */
function skipIntroduction(lines: readonly Line[], row: number): readonly Line[] {
  const first = lines.findIndex(({ text }) => text !== '');
  const blank = lines.findIndex(({ text }, index) => index > first && text === '');
  if (first < 0 || blank < 0) return lines;
  if (!lines.slice(blank).some(({ text, indent }) => text !== '' && indent === row)) return lines;
  const { indent: column = 0 } = lines[first] ?? {};
  const isProse = lines
    .slice(first, blank)
    .every(({ indent, text }) => indent <= column && findGap(text) === undefined && text.includes(' '));
  return isProse ? lines.slice(blank) : lines;
}
