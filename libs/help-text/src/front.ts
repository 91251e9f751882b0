import type { HelpPage } from '@cliparity/model';
import { nextFilled, startsWithFlag, type Line } from './lines.js';
import { unwrap } from './paragraphs.js';
import type { Section } from './sections.js';

/** What a page says before its first section. */
export interface Front {
  readonly about: string;
  /** The first line, when it is a usage without the word (yargs). */
  readonly usage: readonly string[];
  /** The description of a page that begins with its usage. */
  readonly aboutBehind: (lines: readonly Line[]) => string;
}

/** Reads the description of the page and a usage that no heading announces. */
export function splitFront(sections: readonly Section[], page: HelpPage, joinHyphens: boolean): Front {
  const first = sections[0];
  const lines = (first?.title === '' ? first.lines : []).filter(
    (line) => line.text === '' || HAS_LETTER.test(line.text),
  );
  const hasUsage = sections.some(({ kind }) => kind === 'usage');
  const at = nextFilled(lines, 0);
  const opening = lines[at]?.text ?? '';
  const isUsage = !hasUsage && sections.length > 1 && lines[at + 1]?.text === '' && looksLikeUsage(opening, page);
  const read = (from: readonly Line[]): string => aboutOf(from, joinHyphens);
  const about = read(isUsage ? lines.slice(at + 1) : lines) || nameSection(sections);
  return { about, usage: isUsage ? [opening] : [], aboutBehind: read };
}

const HAS_LETTER = /[\p{L}\p{N}]/u;

/** `prog run [message..]` on a page about `prog run`, or any line of plain words and placeholders. */
function looksLikeUsage(text: string, { binary, path }: HelpPage): boolean {
  const words = text.slice(0, 512).split(' ');
  if (binary !== undefined && words[0] === binary && (path ?? []).every((word, index) => words[index + 1] === word))
    return true;
  const hasPlaceholder = /[<[][\w.-]+[\]>]/.test(text.slice(0, 512));
  return (
    hasPlaceholder && binary === undefined && words.every((word) => /^(?:[a-z][\w.-]*|[<[].*|.*[\]>])$/.test(word))
  );
}

/** What every GNU page says above its options. */
const GNU_REMARK = /Mandatory arguments to long options are mandatory for short options too\.\s*$/;

/** Paragraphs up to the first row of flags. */
function aboutOf(lines: readonly Line[], joinHyphens: boolean): string {
  const end = lines.findIndex((line, index) => startsWithFlag(line.text) && opensRows(lines, index));
  const text = unwrap(end < 0 ? lines : lines.slice(0, end), joinHyphens);
  return text.replace(GNU_REMARK, '').trim();
}

/** A dash inside a paragraph belongs to it, unless it stands further right than the line above. */
function opensRows(lines: readonly Line[], at: number): boolean {
  const above = lines[at - 1];
  return above === undefined || above.text === '' || above.indent < (lines[at]?.indent ?? 0);
}

/** `NAME:` with `prog - what it does` (urfave). */
function nameSection(sections: readonly Section[]): string {
  const lines = sections.find(({ title }) => title.toLowerCase() === 'name')?.lines ?? [];
  const text = lines[nextFilled(lines, 0)]?.text ?? '';
  const dash = text.indexOf(' - ');
  return dash < 0 ? '' : text.slice(dash + 3).trim();
}
