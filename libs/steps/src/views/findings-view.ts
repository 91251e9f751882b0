import type { Finding, Result } from '@cliparity/model';

const place = (one: Finding): string =>
  [one.location?.file, one.location?.pointer, one.target].filter((part) => part !== undefined && part !== '').join(' ');

/** Findings for people: verdict first, one row each, what to do next. */
export function findingsResult(subject: string, findings: readonly Finding[]): Result {
  const rows = findings.map((one) => [{ text: one.code, tone: 'bad' as const }, place(one), one.message]);
  const helps = [...new Set(findings.map((one) => one.help).filter((help) => help !== undefined))];
  const codes = [...new Set(findings.map((one) => one.code))];
  return {
    kind: 'findings',
    schema_version: 1,
    data: { subject, ok: findings.length === 0, findings },
    view: {
      headline: findings.length === 0 ? `${subject}: clean` : `${subject}: ${findings.length} findings`,
      tone: findings.length === 0 ? 'good' : 'bad',
      ...(rows.length > 0 && {
        tables: [{ columns: [{ title: 'code' }, { title: 'where' }, { title: 'what' }], rows }],
        next: [...helps, ...codes.slice(0, 3).map((code) => `cliparity explain ${code}`)],
      }),
    },
  };
}
