import { plainLine, plainText } from '@cliparity/model';
import type { StepEvent } from '@cliparity/plugin-api';

export interface NarratorOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
  readonly tty: boolean;
  readonly write: (text: string) => void;
}
export interface Narrator {
  readonly emit: (event: StepEvent) => void;
  readonly close: () => void;
}

const REDRAW_MS = 100;
const amount = (n: number, unit: string): string => (unit === 'bytes' ? `${(n / 1e6).toFixed(1)} MB` : `${n} ${unit}`);

function progressLine(event: Extract<StepEvent, { type: 'progress' }>): string {
  const of = event.total === undefined ? '' : ` of ${amount(event.total, event.unit)}`;
  return `${event.task}: ${amount(event.done, event.unit)}${of}`;
}

/** Standard error: notes as lines; progress as one line redrawn on a terminal, and only its end elsewhere. */
export function makeNarrator(options: NarratorOptions): Narrator {
  let drawn = 0;
  let open = false;
  const clear = (): void => {
    if (open) options.write('\r\u001b[K');
    open = false;
  };
  const line = (text: string): void => {
    clear();
    options.write(`${plainText(text)}\n`);
  };
  const emit = (event: StepEvent): void => {
    if (options.quiet) return;
    if (event.type === 'note') {
      if (event.level !== 'debug' || options.verbose)
        line(event.level === 'warn' ? `warning: ${event.message}` : event.message);
      return;
    }
    if (event.type === 'end') return event.message === undefined ? clear() : line(event.message);
    const now = Date.now();
    if (!options.progress || !options.tty || now - drawn < REDRAW_MS) return;
    drawn = now;
    open = true;
    options.write(`\r\u001b[K${plainLine(progressLine(event))}`);
  };
  return { emit, close: clear };
}
