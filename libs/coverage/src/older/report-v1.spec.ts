import { describe, expect, it } from '@jest/globals';
import { serialize } from '@cliparity/model';
import type { OlderRules, UnionV2 } from '@cliparity/surface';
import { hasReference, referenceHas, referenceJson, referenceText } from '../reference-data.fixture.js';
import { reportV1 } from './report-v1.js';
import { CoverageReportV1Schema, type CoverageReportV1, type WrapperCoverageV1 } from './schema.js';

describe('the reports somebody else committed', () => {
  const onlyWithData = hasReference ? it : it.skip;
  onlyWithData('are reproduced byte for byte: 0.125.0 (skipped without the reference data)', () => {
    const { generated_at } = referenceJson<CoverageReportV1>('reports/0.125.0/coverage.any.json');
    const made = reportV1({
      union: referenceJson<UnionV2>('snapshots/0.125.0/union.json'),
      coverage: referenceJson<WrapperCoverageV1>('wrapper_coverage.json'),
      rules: referenceJson<OlderRules>('RULES.json'),
      version: '0.125.0',
      generatedAt: generated_at,
    });
    expect(made.size).toBe(6);
    for (const [name, report] of made) {
      expect(referenceHas(`reports/0.125.0/${name}`)).toBe(true);
      expect(serialize(CoverageReportV1Schema, report)).toBe(referenceText(`reports/0.125.0/${name}`));
    }
  });
});
