import type { Section } from './sections.js';

const NAME = /^[a-z0-9][\w.-]*$/;
const WIDEST = 400;
const LONGEST_LIST = 8192;

/** Command names of a section that has no descriptions at all; undefined when it is not of that kind. */
export function bareCommandNames(section: Section): string[] | undefined {
  const texts = section.lines.filter(({ text }) => text !== '').map(({ text }) => text);
  return gridNames(texts) ?? listNames(texts);
}

/** `asn1parse   ca   ciphers` in columns (openssl): all cells of several lines are single words. */
function gridNames(texts: readonly string[]): string[] | undefined {
  const cellsOf = (text: string): string[] => text.split(/ {2,}/);
  if (texts.length < 2 || cellsOf((texts[0] ?? '').slice(0, WIDEST)).length < 3) return undefined;
  const isGrid = texts.every((text) => text.length <= WIDEST && cellsOf(text).every((cell) => NAME.test(cell)));
  return isGrid ? texts.flatMap(cellsOf) : undefined;
}

/** `access, adduser, audit,` over several lines (npm). */
function listNames(texts: readonly string[]): string[] | undefined {
  if (texts[0]?.includes(', ') !== true) return undefined;
  const whole = texts.join(' ');
  if (whole.length > LONGEST_LIST) return undefined;
  const names = whole.split(/, ?/).filter((name) => name !== '');
  return names.length >= 5 && names.every((name) => NAME.test(name)) ? names : undefined;
}
