import { formsOf } from './forms.js';
import { mergeRanges, placesOf, replaceRanges, type Range } from './ranges.js';
import { rulePlaces } from './rules.js';

/** What stands in place of a secret. */
export const MASK = '***';

/** A line longer than this (UTF-16 units) is passed on in pieces; values are still found across the cut, rules may not be. */
const LONGEST_HELD_LINE = 64 * 1024;

/** Knows the secrets of one run and takes them out of text. */
export interface Masker {
  /** Registers a value; one shorter than six characters is ignored. Takes effect for text masked afterwards. */
  readonly add: (secret: string) => void;
  /**
   * Replaces by `***` every registered value, also URL-encoded, in base64 (at any alignment) and JSON-escaped, and what the rules know:
   * credentials in URLs, Authorization headers, npm's `_authToken`. Masking twice changes nothing more.
   */
  readonly mask: (text: string) => string;
  /** The same over a stream cut anywhere. Holds back the last unfinished line. */
  readonly maskStream: (chunks: AsyncIterable<string> | Iterable<string>) => AsyncGenerator<string>;
}

/**
 * Where a stream may be cut: at a line end (a rule needs its whole line), inside no match, and before anything that may still become one.
 * Only a line too long to be held is cut elsewhere.
 */
function cutPoint(text: string, ranges: readonly Range[], longest: number): number {
  const settled = text.length - longest + 1;
  if (settled <= 0) return 0;
  const lineStart = (at: number): number => (at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);
  const crossing = (at: number) => ranges.find(({ start, end }) => start < at && end > at);
  let cut = lineStart(settled);
  for (let range = crossing(cut); range !== undefined; range = crossing(cut)) cut = lineStart(range.start);
  if (cut > 0 || text.length <= LONGEST_HELD_LINE) return cut;
  return crossing(settled)?.start ?? settled;
}

/** A masker that knows no secret yet. */
export function createMasker(): Masker {
  const forms = new Set<string>();
  let longest = 1;

  const valuePlaces = (text: string): Range[] => [...forms].flatMap((form) => [...placesOf(form, text)]);
  const rangesOf = (text: string): readonly Range[] => mergeRanges([...valuePlaces(text), ...rulePlaces(text)]);

  const mask = (text: string): string => {
    let masked = replaceRanges(text, rangesOf(text), MASK);
    // A mask and its neighbours may spell another secret that has asterisks; every round shortens the text.
    for (let left = valuePlaces(masked); left.length > 0; left = valuePlaces(masked)) {
      masked = replaceRanges(masked, mergeRanges(left), MASK);
    }
    return masked;
  };

  async function* maskStream(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
    let held = '';
    for await (const chunk of chunks) {
      held += chunk;
      // Only then can a mask become part of a secret, see `mask`: such a stream is not cut at all.
      if ([...forms].some((form) => form.includes('*'))) continue;
      const cut = cutPoint(held, rangesOf(held), longest);
      if (cut === 0) continue;
      yield mask(held.slice(0, cut));
      held = held.slice(cut);
    }
    if (held !== '') yield mask(held);
  }

  const add = (secret: string): void => {
    for (const form of formsOf(secret)) {
      forms.add(form);
      longest = Math.max(longest, form.length);
    }
  };
  return { add, mask, maskStream };
}
