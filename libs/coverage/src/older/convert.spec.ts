import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from '@jest/globals';
import { serialize, WrapperCoverageSchema } from '@cliparity/model';
import type { CoverageEntry } from '@cliparity/model';
import { buildReports } from '../build-reports.js';
import { partsOf, unionOf } from '../parts.fixture.js';
import { hasReference, referenceJson, referenceText } from '../reference-data.fixture.js';
import { exportReportV1, exportWrapperCoverageV1, importWrapperCoverageV1 } from './convert.js';
import { CoverageReportV1Schema, WrapperCoverageV1Schema, type WrapperCoverageV1 } from './schema.js';

const entries: CoverageEntry[] = [
  { path: [], level: 'explicit', flags: [{ key: '--a', level: 'passthrough', note: 'n' }] },
  { path: ['x'], level: 'explicit', scope: { target_triples: ['linux-x64'] }, args: [{ name: 'A', level: 'unknown' }] },
];

describe('a statement of version 1', () => {
  it('comes back from version 2 as it was', () => {
    const older: WrapperCoverageV1 = { schema_version: 1, wrapper_version: '1.0.0', coverage: entries };
    expect(exportWrapperCoverageV1(importWrapperCoverageV1(older, 'ours'))).toEqual(older);
  });
  it('loses an empty scope, which its writers meant as every target', () => {
    const older: WrapperCoverageV1 = { schema_version: 1, coverage: [{ path: [], level: 'explicit', scope: {} }] };
    expect(importWrapperCoverageV1(older, 'ours')).toEqual({
      schema_version: 2,
      wrapper: 'ours',
      coverage: [{ path: [], level: 'explicit' }],
    });
  });
});

describe('the schema and statement somebody else committed', () => {
  const withData = hasReference ? it : it.skip;
  withData('accept what we export (skipped without the reference data)', () => {
    const schema = { ...referenceJson<object>('SCHEMA.json'), $id: 'https://example.invalid/SCHEMA.json' };
    const accepts = new Ajv2020({ strict: false }).compile(schema);
    const parts = partsOf(
      unionOf([
        { path: [], flags: [['--a'], ['--b']] },
        { path: ['x'], args: [['A']] },
      ]),
      entries,
    );
    const reports = buildReports({ ...parts, digests: [], generatedAt: '2026-01-02T03:04:05Z' });
    const files = [
      ...[...reports.values()].map((report) => serialize(CoverageReportV1Schema, exportReportV1(report))),
      serialize(WrapperCoverageV1Schema, exportWrapperCoverageV1(parts.coverage, '2026-01-02T03:04:05Z')),
    ];
    for (const file of files) expect(accepts(JSON.parse(file)) ? [] : accepts.errors).toEqual([]);
  });
  withData('come back byte for byte (skipped without the reference data)', () => {
    const text = referenceText('wrapper_coverage.json');
    const older = JSON.parse(text) as WrapperCoverageV1;
    const ours = JSON.parse(serialize(WrapperCoverageSchema, importWrapperCoverageV1(older, 'w'))) as ReturnType<
      typeof importWrapperCoverageV1
    >;
    expect(serialize(WrapperCoverageV1Schema, exportWrapperCoverageV1(ours, older.generated_at))).toBe(text);
  });
});
