import { describe, expect, it } from '@jest/globals';
import { finding, type Finding, type Result } from '@cliparity/model';
import type { Reporter } from '@cliparity/plugin-api';
import github from './github/index.js';
import gitlab from './gitlab/index.js';
import junit from './junit/index.js';
import markdown from './markdown/index.js';
import minimal from './minimal/index.js';
import ndjson from './ndjson/index.js';
import sarif from './sarif/index.js';

const broken = finding({
  code: 'UNIT_DUPLICATE',
  message: 'a: b, 100% "c" <d>\nnext',
  file: 'a,b:c.json',
  pointer: '/x/0',
  unit: 'flag:exec/--json',
});
const unused = finding({
  code: 'WAIVER_UNUSED',
  severity: 'warning',
  message: 'covers nothing',
  file: 'waivers.json',
  line: 3,
  key: 'k',
});

const resultOf = (findings: readonly Finding[]): Result => ({
  kind: 'findings',
  schema_version: 1,
  data: { subject: 'codex', ok: findings.length === 0, findings },
  view: { headline: `codex: ${String(findings.length)} findings` },
});
const render = (reporter: Reporter, findings: readonly Finding[]): string =>
  [...reporter.render(resultOf(findings), { color: false })].join('');
const many = (count: number, severity: Finding['severity'] = 'error'): Finding[] =>
  Array.from({ length: count }, (_, i) => finding({ code: 'A_B', severity, message: String(i), key: String(i) }));

describe('github', () => {
  it('writes errors first and escapes what would end a property or a line', () => {
    expect(render(github, [unused, broken])).toBe(
      '::error file=a%2Cb%3Ac.json,title=UNIT_DUPLICATE::a: b, 100%25 "c" <d>%0Anext (/x/0)\n' +
        '::warning file=waivers.json,line=3,title=WAIVER_UNUSED::covers nothing\n' +
        'codex: 2 findings\n',
    );
  });
  it('keeps to ten of a kind and counts the rest', () => {
    const lines = render(github, [...many(12), ...many(11, 'warning'), ...many(3, 'info')])
      .trimEnd()
      .split('\n');
    const of = (kind: string): number => lines.filter((line) => line.startsWith(`::${kind} `)).length;
    expect([of('error'), of('warning'), of('notice')]).toEqual([10, 10, 3]);
    expect(lines.at(-1)).toContain('3 more are not shown here');
  });
  it('lets no message start a command of its own', () => {
    const lines = render(github, [finding({ code: 'A_B', message: 'x\n::set-output name=a::b' })]).split('\n');
    expect(lines.filter((line) => line.startsWith('::set-output'))).toEqual([]);
  });
});

describe('gitlab', () => {
  it('gives every entry a path, a line, a fingerprint and a severity it knows', () => {
    expect(JSON.parse(render(gitlab, [broken, unused, ...many(1, 'info')]))).toMatchObject([
      { check_name: 'UNIT_DUPLICATE', severity: 'major', location: { path: 'a,b:c.json', lines: { begin: 1 } } },
      { severity: 'minor', fingerprint: unused.fingerprint, location: { path: 'waivers.json', lines: { begin: 3 } } },
      { severity: 'info', location: { path: '.', lines: { begin: 1 } } },
    ]);
    expect(JSON.parse(render(gitlab, []))).toEqual([]);
  });
});

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly object[];
      readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly object[] }];
    },
  ];
}
const sarifOf = (findings: readonly Finding[]) => (JSON.parse(render(sarif, findings)) as Sarif).runs[0];

describe('sarif', () => {
  it('has a rule for each code, and results that are found again', () => {
    const run = sarifOf([unused, broken]);
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(['UNIT_DUPLICATE', 'WAIVER_UNUSED']);
    expect(run.results).toMatchObject([
      { ruleId: 'UNIT_DUPLICATE', level: 'error', partialFingerprints: { 'cliparity/v1': broken.fingerprint } },
      { level: 'warning', locations: [{ physicalLocation: { region: { startLine: 3 } } }] },
    ]);
  });
  it('keeps to the most a run may hold, and says what it left out', () => {
    const run = sarifOf(many(25_002));
    expect(run.results).toHaveLength(25_000);
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1);
    expect(sarifOf(many(1)).invocations[0].toolExecutionNotifications).toEqual([]);
  });
});

describe('junit', () => {
  it('fails for errors only, and is well formed whatever a message holds', () => {
    const odd = finding({ code: 'A_B', message: 'a\u0000\u001b[31m\ud800&]]>', key: 'odd' });
    const text = render(junit, [broken, unused, odd]);
    expect(text).toContain('tests="3" failures="2"');
    expect(text).toContain(
      '<failure type="UNIT_DUPLICATE" message="a: b, 100% &quot;c&quot; &lt;d&gt;&#10;next"></failure>',
    );
    expect(text).toContain('<system-out>warning: covers nothing</system-out>');
    expect(text).toContain('message="a\ufffd&amp;]]&gt;"');
  });
  it('has one case that passes when there is nothing to tell', () => {
    expect(render(junit, [])).toContain('tests="1" failures="0"');
  });
});

describe('markdown', () => {
  const view = (rows: number) => ({
    headline: 'codex: findings',
    tables: [{ columns: [{ title: 'what' }], rows: Array.from({ length: rows }, () => ['x'.repeat(100)]) }],
    next: ['do something'],
  });
  const text = (rows: number): string =>
    [...markdown.render({ kind: 'findings', schema_version: 1, data: {}, view: view(rows) }, { color: false })].join(
      '',
    );
  it('keeps to what a comment may hold, and says how much it left out', () => {
    expect(text(1000).length).toBeLessThanOrEqual(65_536);
    const lines = text(1000).trimEnd().split('\n');
    const shown = lines.filter((line) => line.startsWith('| xxx')).length;
    // What is left out besides the rows: the heading of what to do next, and the one thing to do.
    expect(lines.at(-1)).toBe(
      `… and ${String(1000 - shown + 2)} more lines than a comment may hold; --json has them all.`,
    );
    expect(text(100)).toContain('- do something');
  });
});

describe('ndjson', () => {
  it('is one document per line', () => {
    const lines = render(ndjson, [broken, unused])
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      { schema_version: 1, kind: 'findings', subject: 'codex', ok: false, count: 2 },
      { schema_version: 1, kind: 'finding', ...broken },
      { schema_version: 1, kind: 'finding', ...unused },
    ]);
  });
});

describe('minimal', () => {
  it('is one line per finding and the headline', () => {
    expect(render(minimal, [broken])).toBe(
      'error UNIT_DUPLICATE a,b:c.json#/x/0 flag:exec/--json a: b, 100% "c" <d> next\ncodex: 1 findings\n',
    );
  });
});
