import type { Cell, Table, Tone, View } from '@cliparity/model';
import { CHANGE_CLASSES, type EventChange } from './diff-shapes.js';
import type { Drift } from './drift.js';

const TONES: Readonly<Record<EventChange['class'], Tone>> = { breaking: 'bad', compatible: 'good', metadata: 'dim' };

const rank = ({ class: kind }: EventChange): number => CHANGE_CLASSES.indexOf(kind);

const row = ({ class: kind, of, path = '', message }: EventChange): readonly (Cell | string)[] => [
  { text: kind, tone: TONES[kind] },
  of,
  path,
  message,
];

/** Breaking changes first; nothing where nothing changed. */
function tableOf(title: string, changes: readonly EventChange[]): readonly Table[] {
  if (changes.length === 0) return [];
  const ordered = changes
    .map((change, at) => ({ change, at }))
    .sort((a, b) => rank(a.change) - rank(b.change) || a.at - b.at);
  const columns = ['class', 'of', 'where', 'what'].map((name) => ({ title: name }));
  return [{ title, columns, rows: ordered.map(({ change }) => row(change)) }];
}

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** How many changes of each class there are. */
export function driftCounts({ shapes, streams }: Drift): Readonly<Record<EventChange['class'], number>> {
  const all = [...shapes.exec, ...shapes.rpc, ...streams];
  const of = (kind: EventChange['class']): number => all.filter((change) => change.class === kind).length;
  return { breaking: of('breaking'), compatible: of('compatible'), metadata: of('metadata') };
}

/** The drift for people. Pure. */
export function driftView(drift: Drift): View {
  const { cli, from, to, compared, onlyBefore, onlyAfter, shapes, streams } = drift;
  const { breaking, compatible, metadata } = driftCounts(drift);
  return {
    headline: `What changed in the events of ${cli} from ${from} to ${to}`,
    lines: [
      `Recorded of both versions: ${String(compared.length)} streams. For a consumer of their events: ${String(breaking)} breaking changes, ${String(compatible)} compatible ones, ${String(metadata)} in words only.`,
      `Recorded of ${from} only: ${list(onlyBefore)}. Of ${to} only: ${list(onlyAfter)}.`,
    ],
    tables: [
      ...tableOf('Events of exec', shapes.exec),
      ...tableOf('Messages of the server', shapes.rpc),
      ...tableOf('Streams: what comes, in which order, and how it ends', streams),
    ],
  };
}
