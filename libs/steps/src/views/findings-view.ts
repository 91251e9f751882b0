import type { Cell, Finding, Result } from '@cliparity/model';

const place = (one: Finding): string =>
  [one.location?.file, one.location?.pointer, one.target].filter((part) => part !== undefined && part !== '').join(' ');

/** Most are errors, which goes without saying. */
function codeCell({ code, severity }: Finding): Cell {
  if (severity === 'error') return { text: code, tone: 'bad' };
  return { text: `${code} (${severity})`, tone: severity === 'warning' ? 'warn' : 'dim' };
}

/** Findings for people: verdict first, one row each, what to do next. */
export function findingsResult(subject: string, findings: readonly Finding[]): Result {
  const rows = findings.map((one) => [codeCell(one), place(one), one.message]);
  const helps = [...new Set(findings.map((one) => one.help).filter((help) => help !== undefined))];
  const codes = [...new Set(findings.map((one) => one.code))];
  return {
    kind: 'findings',
    schema_version: 1,
    data: { subject, ok: findings.length === 0, findings },
    view: {
      headline:
        findings.length === 0
          ? `${subject}: clean`
          : `${subject}: ${String(findings.length)} finding${findings.length === 1 ? '' : 's'}`,
      tone: findings.length === 0 ? 'good' : 'bad',
      ...(rows.length > 0 && {
        tables: [{ columns: [{ title: 'code' }, { title: 'where' }, { title: 'what' }], rows }],
        next: [...helps, ...codes.slice(0, 3).map((code) => `cliparity explain ${code}`)],
      }),
    },
  };
}
