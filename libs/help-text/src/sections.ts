import { nextFilled, startsWithFlag, type Line } from './lines.js';
import type { SectionKind, Style } from './style.js';

/** A run of lines under one heading. The lines before the first heading form a section without title. */
export interface Section {
  readonly kind: SectionKind;
  /** The heading without its colon; empty before the first one. */
  readonly title: string;
  /** Column of the heading; -1 before the first one. */
  readonly indent: number;
  /** Text behind the heading on its own line (`Usage: prog`). */
  readonly inline: string;
  /** Column at which `inline` begins. */
  readonly inlineColumn: number;
  readonly lines: readonly Line[];
}

interface Heading {
  readonly kind: SectionKind;
  readonly title: string;
  readonly indent: number;
  readonly inline: string;
  readonly inlineColumn: number;
}

const TITLE_CAP = 120;
const USAGE = /^usage\s?:/i;
const CAPITALS = /^[A-Z][A-Z0-9 _/&()-]+$/;

/** Cuts a page at its headings. A heading stands left of the rows above it and of what follows. */
export function toSections(lines: readonly Line[], style: Style): Section[] {
  const sections: Section[] = [];
  let open: Heading = { kind: 'unknown', title: '', indent: -1, inline: '', inlineColumn: 0 };
  let from = 0;
  let rowIndent = Number.MAX_SAFE_INTEGER;
  let seenUsage = !style.proseBeforeUsage;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || line.text === '') continue;
    const heading = line.indent < rowIndent ? readHeading(lines, at, style) : undefined;
    if (heading === undefined || !(seenUsage || heading.kind === 'usage')) {
      if (open.title !== '' && line.indent > open.indent)
        rowIndent = Math.min(rowIndent, line.indent + (open.kind === 'usage' ? 1 : 0));
      continue;
    }
    sections.push({ ...open, lines: lines.slice(from, at) });
    open = heading;
    from = at + 1;
    rowIndent = Number.MAX_SAFE_INTEGER;
    seenUsage = true;
  }
  sections.push({ ...open, lines: lines.slice(from) });
  return sections;
}

function readHeading(lines: readonly Line[], at: number, style: Style): Heading | undefined {
  const line = lines[at];
  if (line === undefined) return undefined;
  const usage = readUsageHeading(line);
  if (usage !== undefined) return usage;
  const { text, indent } = line;
  if (text.length > TITLE_CAP || startsWithFlag(text)) return undefined;
  const isTitle = text.endsWith(':') && !text.includes('  ');
  const title = isTitle ? text.slice(0, -1).trim() : text;
  const plain = { kind: kindOf(title, style), title, indent, inline: '', inlineColumn: 0 };
  if (isTitle && plain.kind === 'commands' && opensGroups(lines, at)) return plain;
  if (!standsAlone(lines, at)) return undefined;
  if (isTitle) return plain;
  if (!style.loose) return undefined;
  return readBareHeading(lines, at, style);
}

function readUsageHeading({ text, indent }: Line): Heading | undefined {
  const first = text.charCodeAt(0) | 0x20;
  if (first !== 0x75 || !USAGE.test(text)) return undefined;
  const rest = text.slice(text.indexOf(':') + 1);
  const inline = rest.trimStart();
  const inlineColumn = indent + text.length - inline.length;
  return { kind: 'usage', title: 'Usage', indent, inline, inlineColumn };
}

/** A heading is followed by something deeper, or by flags in its own column (python). */
function standsAlone(lines: readonly Line[], at: number): boolean {
  const next = lines[nextFilled(lines, at + 1)];
  const own = lines[at];
  if (next === undefined || own === undefined) return false;
  if (next.indent > own.indent) return true;
  return next.indent === own.indent && (startsWithFlag(next.text) || isGrid(next.text));
}

/** A line of names in columns (openssl lists its commands so). */
const isGrid = (text: string): boolean =>
  /^[a-z0-9][\w.-]* {2,}[a-z0-9][\w.-]*(?: {2,}[a-z0-9][\w.-]*)+$/.test(text.slice(0, 400));

/** A heading above groups that have headings of their own in its column (git). */
function opensGroups(lines: readonly Line[], at: number): boolean {
  const own = lines[at];
  const group = lines[at + 2];
  const row = lines[at + 3];
  if (own === undefined || group === undefined || row === undefined) return false;
  return lines[at + 1]?.text === '' && group.indent === own.indent && row.text !== '' && row.indent > own.indent;
}

/** A heading without a colon: words in capitals, or one whose meaning the table knows, at a paragraph's begin. */
function readBareHeading(lines: readonly Line[], at: number, style: Style): Heading | undefined {
  const line = lines[at];
  const before = lines[at - 1];
  if (line === undefined || (before !== undefined && before.text !== '')) return undefined;
  const { text, indent } = line;
  const kind = kindOf(text, style);
  const overGrid = kind === 'commands' && isGrid(lines[at + 1]?.text ?? '');
  if (overGrid) return { kind, title: text, indent, inline: '', inlineColumn: 0 };
  if (indent > 2 || text.split(' ').length > 5 || /[.,;!?]$/.test(text)) return undefined;
  const isWordOnly = text.split(' ').length <= 2 && kind !== 'unknown' && /^[A-Za-z ]+$/.test(text);
  if (!CAPITALS.test(text) && !isWordOnly) return undefined;
  return { kind, title: text, indent, inline: '', inlineColumn: 0 };
}

function kindOf(title: string, style: Style): SectionKind {
  const words = title.toLowerCase();
  for (const [pattern, kind] of style.headings) if (pattern.test(words)) return kind;
  return 'unknown';
}

const PLAIN = new Set([
  'options',
  'flags',
  'optional arguments',
  'commands',
  'subcommands',
  'available commands',
  'available subcommands',
  'all commands',
  'arguments',
  'args',
  'positional arguments',
  'positionals',
  'parameters',
]);

/** The heading as a unit's `group`; undefined for the plain ones that say nothing more than what kind of unit it is. */
export function groupOf(section: Section): string | undefined {
  return section.title === '' || /^usage of /i.test(section.title) || PLAIN.has(section.title.toLowerCase())
    ? undefined
    : section.title;
}

/** Whether the heading says that its flags hold for every command. */
export function isGlobal(section: Section): boolean {
  return /^(?:global|inherited|persistent)\b|inherited from/i.test(section.title);
}
