const ESC = String.fromCharCode(0x1b);
const BEL = String.fromCharCode(0x07);
const CSI = String.fromCharCode(0x9b);
const STRINGS = [0x90, 0x98, 0x9d, 0x9e, 0x9f].map((code) => String.fromCharCode(code)).join('');

/** Terminal sequences (ECMA-48): CSI, then strings such as window titles and links up to their end or the line's, then two-character ones. */
const SEQUENCES = new RegExp(
  [
    `(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]?`,
    `(?:${ESC}[PX\\]^_]|[${STRINGS}])[^${BEL}${ESC}\\n]*(?:${BEL}|${ESC}\\\\)?`,
    `${ESC}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
/** Controls other than newline and tab, and the marks that turn the direction of writing. */
const CONTROLS = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text that can do nothing but be read: help pages and upstream names are hostile input. */
export function plainText(text: string): string {
  return text.replace(SEQUENCES, '').replace(CONTROLS, '');
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plainText(text)
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('\t', ' ');
}

/** JSON leaves these as they are, and terminals obey them: DEL, C1 controls, marks of direction. Escaped, they read back the same. */
const DRIVES_TERMINAL = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A JSON document with two-space indentation that no terminal obeys, one trailing newline. */
export function plainJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(DRIVES_TERMINAL, escaped)}\n`;
}
