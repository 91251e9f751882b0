/** What a line that begins with a dash shows, read without any notion of columns, sections or dialects. */
export interface DashLine {
  /** The line as printed, without the blanks around it. */
  readonly text: string;
  /** Every word before the first wide gap that begins with a dash. */
  readonly words: readonly string[];
}

const isWide = (text: string, at: number): boolean => text[at] === ' ' && text[at + 1] === ' ';

/** Everything up to two blanks in a row, unless the next visible character is a dash once more. */
function headOf(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    if (isWide(text, at) && !text.slice(at).trimStart().startsWith('-')) return text.slice(0, at);
  }
  return text;
}

/**
 * The lines of a page that begin with a dash. Written without the parser’s code on purpose: it is the second opinion on
 * whether a flag was invented or overlooked.
 */
export function dashLines(page: string): readonly DashLine[] {
  return page
    .split('\n')
    .map((line) => line.replaceAll('\t', '        ').trim())
    .filter((text) => /^-[^\s]/.test(text) && !text.startsWith('---'))
    .map((text) => ({
      text,
      words: headOf(text).match(/(?<![^\s,|/[(<=:])-{1,2}(?:\[[a-z]+-?\])?[^\s,|/[\](){}<>=:]+/g) ?? [],
    }));
}
