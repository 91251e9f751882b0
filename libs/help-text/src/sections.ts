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
/** yargs breaks `[string] [default: "x"]` anywhere. */
const TAG = /^\[[a-z]+(?:\]|: )/;
const USAGE = /^usage\s?:/i;
/** citty prints no colon. */
const BARE_USAGE = /^USAGE \S[^[<|]*[[<|]/;
/** `━━━ Output ━━━`, `---- Deprecated ----`. */
const DECORATED = /^([━─═=*~-])\1{2,} *([^━─═=*~-][^━─═=*~]*?) *\1*$/;
const CAPITALS = /^[A-Z][A-Z0-9 _/&()-]+$/;

/** Cuts a page at its headings. A heading stands left of the rows above it and of what follows. */
export function toSections(lines: readonly Line[], style: Style): Section[] {
  const sections: Section[] = [];
  let open: Heading = { kind: 'unknown', title: '', indent: -1, inline: '', inlineColumn: 0 };
  let from = 0;
  let rowIndent = Number.MAX_SAFE_INTEGER;
  let seenUsage = !style.proseBeforeUsage;
  let seenFlag = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || line.text === '') continue;
    seenFlag ||= startsWithFlag(line.text);
    const place = { lines, at, style, seenFlag };
    const heading = decorated(place) ?? (line.indent < rowIndent ? readHeading(place) : undefined);
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

interface Place {
  readonly lines: readonly Line[];
  readonly at: number;
  readonly style: Style;
  /** A line further up begins with a flag. */
  readonly seenFlag: boolean;
}

function readHeading(place: Place): Heading | undefined {
  const { lines, at, style } = place;
  const line = lines[at];
  if (line === undefined) return undefined;
  const usage = readUsageHeading(line, style);
  if (usage !== undefined) return usage;
  const { text } = line;
  if (text.length > TITLE_CAP || startsWithFlag(text)) return undefined;
  const isTitle = text.endsWith(':') && !text.includes('  ') && !TAG.test(text);
  if (isTitle) return readTitle(lines, at, style);
  return readBareHeading(place);
}

function readTitle(lines: readonly Line[], at: number, style: Style): Heading | undefined {
  const line = lines[at] ?? { indent: 0, text: '' };
  const heading = plainHeading(line.text.slice(0, -1).trim(), line.indent, style);
  const isOpener = heading.kind === 'commands' && opensGroups(lines, at);
  return isOpener || standsAlone(lines, at) ? heading : undefined;
}

const plainHeading = (title: string, indent: number, style: Style): Heading => ({
  kind: kindOf(title, style),
  title,
  indent,
  inline: '',
  inlineColumn: 0,
});

/** A heading with its own ornament; rows may stand in its column. */
function decorated({ lines, at, style }: Place): Heading | undefined {
  const { text = '' } = lines[at] ?? {};
  if (!style.loose || text.length > TITLE_CAP || (at > 0 && lines[at - 1]?.text !== '')) return undefined;
  const title = DECORATED.exec(text)?.[2];
  return title === undefined || !/\p{L}/u.test(title) ? undefined : plainHeading(title.trim(), -1, style);
}

function readUsageHeading({ text, indent }: Line, { loose }: Style): Heading | undefined {
  const first = text.charCodeAt(0) | 0x20;
  if (first !== 0x75 || !(USAGE.test(text) || (loose && BARE_USAGE.test(text.slice(0, TITLE_CAP))))) return undefined;
  const rest = text.slice(USAGE.test(text) ? text.indexOf(':') + 1 : text.indexOf(' '));
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
  if (next.indent !== own.indent) return false;
  return startsWithFlag(next.text) || isGrid(next.text) || (next.text.startsWith('$ ') && /^usage$/i.test(own.text));
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
function readBareHeading(place: Place): Heading | undefined {
  const { lines, at, style } = place;
  const line = lines[at];
  const isOpening = at === 0 || lines[at - 1]?.text === '';
  if (line === undefined || !style.loose || !isOpening || !standsAlone(lines, at)) return undefined;
  const heading = plainHeading(line.text, line.indent, style);
  if (heading.kind === 'commands' && isGrid(lines[at + 1]?.text ?? '')) return heading;
  if (line.indent > 2) return undefined;
  return readsLikeHeading(heading) || headsFlags(place, heading) ? heading : undefined;
}

const TITLE = /^[A-Z][\w/&:+'-]*(?: [\w/&:+'()-]+){0,5}(?<!:)$/;
const LONGEST_PARAGRAPH = 24;

/**
 * Any few words above a paragraph of deeper lines with a flag among them, the paragraph's own sentences first (bpaf).
 * With a blank line between, the words above the very first flags are the page's description.
 */
function headsFlags({ lines, at, seenFlag }: Place, { title, indent, kind }: Heading): boolean {
  if (at === 0 || (kind !== 'unknown' && kind !== 'flags') || !TITLE.test(title)) return false;
  const isParted = lines[at + 1]?.text === '';
  if (isParted && !seenFlag) return false;
  const from = isParted ? at + 2 : at + 1;
  for (let next = from; next < from + LONGEST_PARAGRAPH; next += 1) {
    const line = lines[next];
    if (line === undefined || line.text === '' || line.indent <= indent) return false;
    if (startsWithFlag(line.text)) return true;
  }
  return false;
}

function readsLikeHeading({ title, kind }: Heading): boolean {
  const words = title.split(' ').length;
  if (words > 5 || /[.,;!?]$/.test(title)) return false;
  return CAPITALS.test(title) || (words <= 2 && kind !== 'unknown' && /^[A-Za-z -]+$/.test(title));
}

/** What a heading of these words has below it. */
export function kindOf(title: string, style: Style): SectionKind {
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
