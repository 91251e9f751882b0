import { findGap } from './gap.js';
import { nextFilled, startsWithFlag, type Line } from './lines.js';
import type { Section } from './sections.js';

/** Usage lines of a page, one string for each alternative, wrapped ones joined. */
export function readUsage(section: Section): { usage: string[]; rest: readonly Line[] } {
  const usage: string[] = [];
  let column = section.inline === '' ? -1 : section.inlineColumn;
  let program = '';
  if (section.inline !== '') {
    usage.push(clean(section.inline));
    program = firstWord(section.inline);
  }
  let at = section.inline === '' ? nextFilled(section.lines, 0) : 0;
  for (; at < section.lines.length; at += 1) {
    const line = section.lines[at];
    if (line === undefined || line.text === '' || !belongs(line, section)) break;
    if (isComment(line.text)) continue;
    if (column < 0) column = line.indent;
    if (program === '') program = firstWord(line.text);
    if (usage.length === 0 || isAlternative(line, { column, program })) usage.push(clean(line.text));
    else usage.push(`${usage.pop() ?? ''} ${line.text}`);
  }
  return { usage: usage.filter((text) => text !== ''), rest: section.lines.slice(at) };
}

/** Usage lines stand right of their heading; rows, headings and sentences directly below them are none. */
function belongs(line: Line, section: Section): boolean {
  const { indent, text } = line;
  if (indent <= section.indent && !text.startsWith('$ ')) return false;
  if (/[\w>)\]][.:]$/.test(text.slice(-2))) return false;
  const isShallow = section.inline !== '' && indent < section.inlineColumn;
  if (startsWithFlag(text)) return !isShallow && findGap(text) === undefined;
  return !isShallow || /^(?:[[(<{|]|or:?\s)/i.test(text) || firstWord(text) === firstWord(section.inline);
}

/** java explains each form in brackets. */
const isComment = (text: string): boolean => /^\([a-z][^|<[-]* [^|<[]*\)$/.test(text.slice(0, 256));

function isAlternative({ indent, text }: Line, first: { column: number; program: string }): boolean {
  if (/^or:?\s/i.test(text)) return true;
  if (firstWord(text) === first.program && indent <= first.column) return true;
  return indent === first.column && !/^[[(<|{-]|^\.\.\./.test(text) && firstWord(text) === first.program;
}

const firstWord = (text: string): string => /^(?:or:?\s+)?(?:\$\s+)?(\S*)/i.exec(text.slice(0, 512))?.[1] ?? '';

/** Without the shell's prompt (oclif) and the `or:` of a further alternative (git), and without a remark behind it. */
function clean(text: string): string {
  const call = text.replace(/^or:?\s+/i, '').replace(/^\$\s+/, '');
  const remark = REMARK.exec(call.slice(0, 512));
  return remark === null ? call : call.slice(0, remark.index + 1);
}

/** What vim says beside each form. */
const REMARK = /\S {2,}(?=[A-Za-z][^\s.]* [a-z])/;
