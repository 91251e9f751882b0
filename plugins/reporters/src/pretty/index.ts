import type { Result, Tone } from '@cliparity/model';
import type { Reporter, RenderOptions } from '@cliparity/plugin-api';
import pc from 'picocolors';
import { plainLine, plainText } from '../plain-text.js';
import { wrap } from '../display-width.js';
import { tableLines, type Paint } from './table.js';

type Colors = ReturnType<typeof pc.createColors>;

function painter(colors: Colors): Paint {
  const paints: { readonly [T in Tone]: (text: string) => string } = {
    good: colors.green,
    bad: colors.red,
    warn: colors.yellow,
    dim: colors.dim,
  };
  return (text, tone) => (tone === undefined ? text : paints[tone](text));
}

function* lines({ view }: Result, { color, width }: RenderOptions): Generator<string> {
  const colors = pc.createColors(color);
  const paint = painter(colors);
  const fold = (text: string) => (width === undefined ? [text] : wrap(text, width));
  for (const line of fold(plainLine(view.headline))) yield paint(colors.bold(line), view.tone);
  for (const line of view.lines ?? []) for (const part of plainText(line).split('\n')) yield* fold(part);
  for (const table of view.tables ?? []) {
    if (table.columns.length === 0) continue;
    yield '';
    if (table.title !== undefined) yield colors.bold(plainLine(table.title));
    yield* tableLines(table, paint, width);
  }
  const next = view.next ?? [];
  if (next.length > 0) yield '';
  for (const step of next) yield `${colors.cyan('→')} ${plainLine(step)}`;
}

/** For people at a terminal. Without a width nothing is wrapped; without colour no escape is printed. */
const pretty: Reporter = {
  id: 'pretty',
  revision: 1,
  accepts: 'all',
  *render(result, options) {
    for (const line of lines(result, options)) yield `${line}\n`;
  },
};
export default pretty;
