/** Half-open range of UTF-16 offsets that must not be shown. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Every place where `needle` stands in `text`, overlapping ones included. */
export function* placesOf(needle: string, text: string): Generator<Range> {
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    yield { start: at, end: at + needle.length };
  }
}

/** Sorted; ranges that overlap become one, so that no half of a value is left beside a mask. */
export function mergeRanges(ranges: Iterable<Range>): readonly Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start < last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** The text with each (merged) range replaced. */
export function replaceRanges(text: string, ranges: readonly Range[], by: string): string {
  let at = 0;
  const parts: string[] = [];
  for (const { start, end } of ranges) {
    parts.push(text.slice(at, start), by);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
