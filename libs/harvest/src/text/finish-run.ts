import type { Plan } from '@cliparity/plugin-api';
import { isNoise, type RawStream } from '../run/raw-stream.js';
import type { RawRun } from '../run/run-scenario.js';
import { rulesOf } from './masks.js';
import { blankRules, createNormaliser, type Fired, type Normaliser } from './normalise.js';
import { maskerOf, planSecrets, sanitiseByRules, sanitiseValues, type Redaction } from './sanitise.js';

/** A stream as it goes into a fixture. */
export interface CleanStream extends Omit<RawStream, 'lines'> {
  /** One line per event, each with its line feed; empty when nothing was printed. */
  readonly text: string;
  readonly events: number;
  readonly noise: number;
  readonly racy: boolean;
  readonly redactions: readonly Redaction[];
}
export interface CleanRun {
  readonly streams: readonly CleanStream[];
  readonly fired: Fired;
  /** By mask: the texts that it replaced, in order. */
  readonly replaced: ReadonlyMap<string, readonly string[]>;
}

const joined = (lines: readonly string[], unfinished: boolean): string =>
  lines.length === 0 ? '' : lines.join('\n') + (unfinished ? '' : '\n');

/** Lines of a racy stream in an order that does not depend on the race: by their text without its numbers. */
function sortRacy(lines: readonly string[], blank: Normaliser): readonly string[] {
  return lines
    .map((text) => ({ text, key: blank.line(text) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ text }) => text);
}

function mergeRedactions(...lists: readonly (readonly Redaction[])[]): readonly Redaction[] {
  const counts = new Map<string, number>();
  for (const { by, count } of lists.flat()) counts.set(by, (counts.get(by) ?? 0) + count);
  return [...counts].map(([by, count]) => ({ by, count })).sort((a, b) => (a.by < b.by ? -1 : 1));
}

/**
 * Makes a run comparable and safe to commit: registered secrets out of the raw text first (a mask must not break one in two), then what differs from
 * run to run, then what secret-scanning rules find.
 * @param racy names of streams without a fixed order
 */
export async function finishRun(run: RawRun, plan: Plan, racy: readonly string[] = []): Promise<CleanRun> {
  const masker = maskerOf(planSecrets(plan));
  const safeWord = async (word: string) => (await sanitiseByRules(masker.mask(word))).text;
  const rules = rulesOf(run.values, plan.masks);
  const normaliser = createNormaliser(rules);
  const blank = createNormaliser(blankRules(rules));
  const streams: CleanStream[] = [];
  for (const { lines, pauses, ...stream } of run.streams) {
    const values = sanitiseValues(lines.join('\n'), masker);
    const safe = lines.length === 0 ? [] : values.text.split('\n');
    const isRacy = racy.includes(stream.name);
    const ordered = isRacy ? sortRacy(safe, blank) : safe;
    const rulesOut = await sanitiseByRules(joined(ordered.map(normaliser.line), stream.unfinished));
    const noise = safe.filter(isNoise).length;
    streams.push({
      ...stream,
      argv: await Promise.all(stream.argv.map(safeWord)),
      text: rulesOut.text,
      events: safe.length - noise,
      noise,
      racy: isRacy,
      // Of lines that are put in order nobody knows what came when.
      ...(pauses !== undefined && !isRacy && { pauses }),
      redactions: mergeRedactions(values.redactions, rulesOut.redactions),
    });
  }
  return { streams, fired: normaliser.fired(), replaced: normaliser.replaced() };
}
