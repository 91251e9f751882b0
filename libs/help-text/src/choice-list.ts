import type { Facts } from './facts.js';
import type { Line } from './lines.js';
import { unwrap } from './paragraphs.js';

const TITLE = /^possible values:$/i;

interface Bullet {
  readonly first: string;
  readonly more: Line[];
}

/**
 * Takes clap's list of choices with help out of a description: `Possible values:` and below it, in the same column,
 * one `- name: help` each, wrapped lines further right.
 * @returns the lines that are left
 */
export function takeChoiceList(lines: readonly Line[], facts: Facts): readonly Line[] {
  const title = lines.findIndex(({ text }) => text.length === 16 && TITLE.test(text));
  const column = lines[title]?.indent;
  if (column === undefined) return lines;
  const bullets: Bullet[] = [];
  let at = title + 1;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || !belongs(line, column, bullets)) break;
    if (line.indent === column && line.text !== '') bullets.push({ first: line.text.slice(2), more: [] });
    else bullets.at(-1)?.more.push(line);
  }
  bullets.forEach((bullet) => readBullet(bullet, facts));
  return [...lines.slice(0, title), ...lines.slice(at)];
}

function belongs(line: Line, column: number, bullets: readonly Bullet[]): boolean {
  if (line.text === '') return bullets.length === 0;
  return line.text.startsWith('- ') && line.indent === column ? true : line.indent > column && bullets.length > 0;
}

function readBullet({ first, more }: Bullet, facts: Facts): void {
  const whole = unwrap([{ indent: 0, text: first }, ...more]);
  const colon = whole.indexOf(': ');
  const name = (colon < 0 ? whole.replace(/:$/, '') : whole.slice(0, colon)).trim();
  const about = colon < 0 ? '' : whole.slice(colon + 2).trim();
  (facts.choices ??= []).push(name);
  if (about !== '') (facts.choiceAbout ??= new Map()).set(name, about);
}
