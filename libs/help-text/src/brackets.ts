const CLOSERS: Readonly<Record<string, string>> = { '[': ']', '(': ')', '<': '>', '{': '}' };

/** The closing partner of a bracket; undefined for any other character. */
export const closerOf = (open: string): string | undefined => CLOSERS[open];

/** Index just behind the bracket that closes the one at `at`; the text's end when it never closes. One pass, any depth. */
export function endOfBracket(text: string, at: number): number {
  const open = text[at];
  const close = open === undefined ? undefined : CLOSERS[open];
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    if (text[index] === open) depth += 1;
    else if (text[index] === close) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return text.length;
}

/** Splits at a separator that stands outside of brackets and quotes. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"') quote = char;
    else if (CLOSERS[char] !== undefined) depth += 1;
    else if (char === ']' || char === ')' || char === '>' || char === '}') depth = Math.max(0, depth - 1);
    else if (char === separator && depth === 0) {
      parts.push(text.slice(from, index));
      from = index + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** Removes one pair of equal quotes around a literal. */
export function unquote(text: string): string {
  const first = text[0];
  const quoted = text.length >= 2 && (first === '"' || first === "'" || first === '`') && text.endsWith(first);
  return quoted ? text.slice(1, -1) : text;
}

/** Reads a printed list, `a, "b c", d`, into its unquoted members, in page order. */
export function readList(text: string, separator = ','): string[] {
  return splitOutside(text, separator)
    .map((part) => unquote(part.trim()))
    .filter((part) => part !== '');
}
