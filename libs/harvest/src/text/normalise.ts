import { UsageError } from '@cliparity/model';
import type { Rule } from './masks.js';

/** How often each rule replaced something, by its id. */
export type Fired = ReadonlyMap<string, number>;

/** Replaces in lines what differs from run to run. One normaliser serves all streams of one run, so that an id keeps its number. */
export interface Normaliser {
  readonly line: (text: string) => string;
  readonly fired: () => Fired;
  /** What each rule replaced, by its id: the texts as they stood there, in order. */
  readonly replaced: () => ReadonlyMap<string, readonly string[]>;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Keys may be quoted with escapes where JSON stands inside a JSON string. */
const keyPattern = (keys: readonly string[]): string =>
  `(?<=\\\\*"(?:${keys.map(escape).join('|')})\\\\*":\\s?)(?:-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|"(?:[^"\\\\]|\\\\.)*")`;

function sourceOf(rule: Rule): string {
  const parts = [
    ...(rule.texts ?? []).map(escape),
    ...(rule.keys === undefined ? [] : [keyPattern(rule.keys)]),
    ...(rule.pattern === undefined ? [] : [rule.pattern]),
  ];
  return parts.map((part) => `(?:${part})`).join('|');
}

const invalid = ({ id }: Rule, why: string, cause?: unknown): UsageError =>
  new UsageError('MASK_INVALID', `The mask ${id} ${why}`, {
    where: id,
    remedy: 'Mend the pattern of the scenario’s mask.',
    cause,
  });

/** The source of a rule as a part of the one expression, where groups of its own would count for other rules. */
function partOf(rule: Rule): string {
  const source = sourceOf(rule);
  let alone: RegExp;
  try {
    alone = new RegExp(`${source}|`);
  } catch (cause) {
    throw invalid(rule, `is no regular expression: ${(cause as Error).message}`, cause);
  }
  if (alone.exec('')?.length !== 1) throw invalid(rule, 'has a capturing group; write (?:…).');
  if (new RegExp(`^(?:${source})$`).test('')) throw invalid(rule, 'matches the empty text, and so everywhere.');
  return `(${source})`;
}

const compile = (rules: readonly Rule[]): RegExp => new RegExp(rules.map(partOf).join('|'), 'g');

/** Numbers have twelve digits, so that one inside a UUID leaves a UUID. */
const numbered = (as: string, n: number): string => as.replaceAll('{n}', String(n).padStart(12, '0'));

/**
 * A normaliser for one run. All rules are one expression and so one pass; where two match at one place the first rule wins, and folders stand first,
 * longest first.
 * Error: MASK_INVALID.
 */
export function createNormaliser(rules: readonly Rule[]): Normaliser {
  const longest = (rule: Rule): number => Math.max(0, ...(rule.texts ?? []).map((text) => text.length));
  const ordered = [...rules].sort((a, b) => longest(b) - longest(a));
  const pattern = compile(ordered);
  const seen = ordered.map(() => new Map<string, string>());
  const found = new Map<string, string[]>();

  const replacement = (rule: Rule, at: number, found: string): string => {
    const known = seen[at]?.get(found);
    if (known !== undefined) return known;
    const text = rule.keys !== undefined && typeof rule.as === 'string' ? JSON.stringify(rule.as) : String(rule.as);
    const made = numbered(text, (seen[at]?.size ?? 0) + 1);
    if (text.includes('{n}')) seen[at]?.set(found, made);
    return made;
  };
  const line = (text: string): string =>
    text.replace(pattern, (here: string, ...groups: unknown[]) => {
      const at = ordered.findIndex((_rule, index) => groups[index] !== undefined);
      const rule = ordered[at];
      if (rule === undefined) return here;
      const texts = found.get(rule.id);
      if (texts === undefined) found.set(rule.id, [here]);
      else texts.push(here);
      return replacement(rule, at, here);
    });
  const fired = (): Fired => new Map([...found].map(([id, texts]) => [id, texts.length]));
  return { line, fired, replaced: () => found };
}

/** The rules with every number left out: what racy lines are sorted by before they are numbered. */
export function blankRules(rules: readonly Rule[]): readonly Rule[] {
  return rules.map((rule) => (typeof rule.as === 'string' ? { ...rule, as: rule.as.replaceAll('{n}', 'n') } : rule));
}
