const isControl = (code: number): boolean => (code < 32 && code !== 9 && code !== 10) || (code >= 127 && code < 160);

/** The control characters of a text but tab and newline, as U+ numbers: terminals obey them, so no byte of an upstream's may arrive as it came. */
export function controlsIn(text: string): string[] {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0).filter(isControl);
  return [...new Set(codes)].map((code) => `U+${code.toString(16).padStart(4, '0')}`);
}

const COLOUR = new RegExp(`${String.fromCodePoint(27)}\\[[\\d;]*m`, 'g');

/** A text without colours, which are ours; every other escape would be the upstream's. */
export const withoutColours = (text: string): string => text.replace(COLOUR, '');
