/** Greedy wrapping at blanks, as all help renderers do it; a word that is too long stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current === '') current = word;
    else if (current.length + 1 + word.length <= width) current += ` ${word}`;
    else {
      lines.push(current);
      current = word;
    }
  }
  lines.push(current);
  return lines;
}

/** Rows of a table: heads at `indent`, descriptions wrapped at `column`; too long a head stands on a line of its own. */
export interface Table {
  readonly indent: number;
  readonly column: number;
  readonly columns: number;
}

/** Renders one row of a table. */
export function tableRow(head: string, about: string, { indent, column, columns }: Table): string[] {
  const lead = ' '.repeat(indent) + head;
  const lines = wrap(about, Math.max(columns - column, 20)).map((line) => ' '.repeat(column) + line);
  if (lead.length + 2 > column) return [lead, ...lines];
  const [first = '', ...rest] = lines;
  return [lead.padEnd(column) + first.slice(column), ...rest];
}
