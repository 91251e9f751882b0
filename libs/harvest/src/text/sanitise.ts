import type { Plan } from '@cliparity/plugin-api';
import { createMasker, MASK, type Masker } from '@cliparity/redact';
import { secretPlaces, type SecretPlace } from './secret-rules.js';

/** Raised when the same text gives other bytes than before. */
export const SANITISER_VERSION = 1;

/** What was taken out, by whom: `value` (registered values and the rules of our own masker) or a rule of secretlint. */
export interface Redaction {
  readonly by: string;
  readonly count: number;
}
export interface Sanitised {
  readonly text: string;
  readonly redactions: readonly Redaction[];
}

const countOf = (text: string): number => text.split(MASK).length - 1;

/** Only the inside of a JSON string is replaced: a place never swallows a quote, a backslash before one, or a line's end. */
function trimmed(text: string, { rule, start, end }: SecretPlace): SecretPlace {
  const inside = text.slice(start, end);
  const from = /^["'\s]*/.exec(inside)?.[0].length ?? 0;
  const rest = inside.slice(from);
  const stop = rest.search(/\\*["\n]/);
  return { rule, start: start + from, end: start + from + (stop === -1 ? rest.length : stop) };
}

function replacePlaces(text: string, places: readonly SecretPlace[]): string {
  let out = '';
  let at = 0;
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += text.slice(at, start) + MASK;
    at = end;
  }
  return out + text.slice(at);
}

/** A masker that knows these values. */
export function maskerOf(secrets: Iterable<string>): Masker {
  const masker = createMasker();
  for (const secret of secrets) masker.add(secret);
  return masker;
}

/** Takes registered values out. */
export function sanitiseValues(text: string, masker: Masker): Sanitised {
  const before = countOf(text);
  const masked = masker.mask(text);
  const count = countOf(masked) - before;
  return { text: masked, redactions: count > 0 ? [{ by: 'value', count }] : [] };
}

/** Takes out what secretlint's rules find. */
export async function sanitiseByRules(text: string): Promise<Sanitised> {
  const places = (await secretPlaces(text))
    .map((found) => trimmed(text, found))
    .filter(({ start, end }) => start < end);
  const counts = new Map<string, number>();
  for (const { rule } of places) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const redactions = [...counts].map(([by, count]) => ({ by, count })).sort((a, b) => (a.by < b.by ? -1 : 1));
  return { text: replacePlaces(text, places), redactions };
}

/** Names of variables whose values are secrets. */
const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|AUTH/i;

/** The values of an environment that must not be shown. */
export function secretsOf(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value] : []));
}

/** All that a plan says must not be shown. */
export const planSecrets = ({ secrets = [], env = {}, steps }: Plan): readonly string[] => [
  ...secrets,
  ...[env, ...steps.map((step) => step.env ?? {})].flatMap(secretsOf),
];
