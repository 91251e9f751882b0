import type { CommandRow } from '@cliparity/model';
import { readList } from './brackets.js';
import { readCommandHead } from './command-head.js';
import { commandRow } from './command-row.js';
import { wordColumns } from './columns.js';
import type { Facts } from './facts.js';
import type { PageContext } from './page-context.js';
import { readAbout } from './read-flags.js';
import { wordRows, type Row } from './rows.js';
import { groupOf, type Section } from './sections.js';

const CHOICE = /^\{[^}]*\}(?: \.\.\.)?$/;
const METAVAR = /^<?[A-Za-z_-]+>?(?: \.\.\.)?$/;

/**
 * argparse lists sub-commands below `{a,b}` or a name for them, two columns further right than that row.
 * @returns undefined when the row is no such list
 */
export function nestedCommands(row: Row, section: Section, context: PageContext): CommandRow[] | undefined {
  const inner = row.indent + 2;
  const isChoice = CHOICE.test(row.head);
  if (!isChoice && !METAVAR.test(row.head)) return undefined;
  const at = row.about.findIndex(({ indent, text }) => text !== '' && indent === inner);
  if (at < 0) {
    const isList = isChoice && (section.kind === 'commands' || context.choosesCommand);
    return isList ? choiceNames(row.head) : undefined;
  }
  const lines = row.about.slice(at);
  const columns = wordColumns(lines, inner - 1);
  if (columns === undefined || columns.row !== inner) return undefined;
  const rows = wordRows(lines, columns);
  if (!isChoice && !rows.every(isListed)) return undefined;
  const group = section.kind === 'args' ? undefined : groupOf(section);
  return rows.flatMap((nested) => {
    const head = readCommandHead(nested.head, []);
    const facts: Facts = {};
    const about = readAbout(nested, facts, { context });
    return head === undefined ? [] : [commandRow(head, { about, facts, group })];
  });
}

/** A nested row has its description, beside it or below, and is a name: prose is neither. */
const isListed = ({ about, head, text }: Row): boolean => about.length > 0 && (head !== text || !head.includes(' '));

const choiceNames = (head: string): CommandRow[] =>
  readList(head.slice(1, head.indexOf('}'))).map((name) => ({ name }));
