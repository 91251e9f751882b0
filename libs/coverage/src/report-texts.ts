import { CoverageReportSchema, serialize, serializePart } from '@cliparity/model';
import type { TSchema } from '@sinclair/typebox';
import { reportsOf, type ReportParts } from './build-reports.js';
import { REPORT_LISTS, standsEmpty, type Share } from './deltas.js';

/** What an item of a list is written by. */
const ITEMS: ReadonlyMap<string, TSchema> = new Map(
  REPORT_LISTS.flatMap(([list, parts]) => {
    const { items } = CoverageReportSchema.properties.deltas.properties[list] as TSchema & { readonly items: TSchema };
    return parts.map((part) => [part, items] as const);
  }),
);
const DEPTH = 3;
const BETWEEN = `,\n${'  '.repeat(DEPTH)}`;

const texts = new WeakMap<Share, ReadonlyMap<string, string>>();

/** The items of a share's lists as they stand in a file. */
function textsOf(share: Share): ReadonlyMap<string, string> {
  const known = texts.get(share);
  if (known !== undefined) return known;
  const made = new Map<string, string>();
  for (const [part, items] of share.lists) {
    const schema = ITEMS.get(part);
    if (schema !== undefined) made.set(part, items.map((item) => serializePart(schema, item, DEPTH)).join(BETWEEN));
  }
  texts.set(share, made);
  return made;
}

/**
 * The reports of `buildReports` as the bytes of their files. What a command contributes to a report is written once, however many versions
 * have it. Errors as `judgeCoverage`.
 */
export function reportTexts(parts: ReportParts): Map<string, string> {
  // Reports of targets that have the same surface differ in their heads alone.
  const made = new Map<readonly Share[], string>();
  return reportsOf(parts, (head, shares) => {
    const lists = made.get(shares) ?? listsText(shares);
    made.set(shares, lists);
    const shell = serialize(CoverageReportSchema, { ...head, deltas: {} });
    return `${shell.slice(0, -EMPTY.length)}${lists}`;
  });
}

function listsText(shares: readonly Share[]): string {
  const written = new Map<string, string[]>();
  for (const share of shares)
    for (const [part, text] of textsOf(share)) {
      const before = written.get(part);
      if (before === undefined) written.set(part, [text]);
      else before.push(text);
    }
  const lists = REPORT_LISTS.flatMap(([list, parts]) => {
    const items = parts.flatMap((part) => written.get(part) ?? []);
    if (items.length > 0) return [`    "${list}": [\n      ${items.join(BETWEEN)}\n    ]`];
    return standsEmpty(list) ? [`    "${list}": []`] : [];
  });
  return `{\n${lists.join(',\n')}\n  }\n}\n`;
}

/** How a report without any list ends. */
const EMPTY = '{}\n}\n';
