const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const NONE = /\p{M}|\p{Cf}/u;
const ASCII = /^[ -~]*$/;

const widthOf = (char: string): number => (NONE.test(char) ? 0 : WIDE.test(char) ? 2 : 1);

/** Columns of a terminal that one line of plain text takes. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  return [...text].reduce((sum, char) => sum + widthOf(char), 0);
}

/** The longest beginning of a text that fits, at least one character. */
export function fittingHead(text: string, width: number): string {
  let used = 0;
  let head = '';
  for (const char of text) {
    used += widthOf(char);
    if (used > width && head !== '') return head;
    head += char;
  }
  return head;
}

/** Breaks one line at spaces, and inside words that are too long themselves. */
export function wrap(text: string, width: number): readonly string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (displayWidth(line) > width) {
      const head = fittingHead(line, width);
      if (head === line) break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line];
}
