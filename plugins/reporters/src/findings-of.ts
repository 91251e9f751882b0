import type { Finding, Result } from '@cliparity/model';

const isFinding = (value: unknown): value is Finding =>
  typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string';

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** What a result of kind `findings` is about, and its findings: errors first, else in the order of the result. */
export function findingsOf({ data, view }: Result): {
  readonly subject: string;
  readonly findings: readonly Finding[];
} {
  const { subject, findings } = (data ?? {}) as { readonly subject?: unknown; readonly findings?: unknown };
  const list = Array.isArray(findings) ? (findings as readonly unknown[]).filter(isFinding) : [];
  const rank = ({ severity }: Finding): number => RANK[severity ?? 'error'] ?? 0;
  return {
    subject: typeof subject === 'string' ? subject : view.headline,
    findings: [...list].sort((a, b) => rank(a) - rank(b)),
  };
}

/** Where a finding is, on one line; empty when it is nowhere in particular. */
export function placeOf({ location, target, unit }: Finding): string {
  const { file = '', pointer = '', line } = location ?? {};
  const place = line === undefined ? `${file}${pointer === '' ? '' : `#${pointer}`}` : `${file}:${String(line)}`;
  return [place, unit, target].filter((part) => part !== undefined && part !== '').join(' ');
}
