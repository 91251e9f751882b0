import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { compareVersions, CliparityError } from '@cliparity/model';
import { codeOf, LINUX, MAC, metadataParts, noPointers, passedOn, unionOf } from '../parts.fixture.js';
import { versionMetadata } from '../version-metadata.js';
import { pointerVersion, type RootPointers } from './pointers.js';
import { planPromotion, type PromotionPlan } from './promotion.js';
import { planRetention } from './retention.js';

const metadataOf = (version: string, ...passed: readonly string[]) =>
  versionMetadata(metadataParts({ version, union: unionOf(), runs: passedOn(...passed) }));

const promote = (version: string, pointers: RootPointers, ...passed: readonly string[]) =>
  planPromotion({
    version,
    metadata: metadataOf(version, ...passed),
    unionText: `union of ${version}\n`,
    seenTargets: [LINUX, MAC],
    expectedTargets: [LINUX, MAC],
    requiredTarget: LINUX,
    pointers,
  });

function after({ writes }: PromotionPlan): RootPointers & { readonly current: string | undefined } {
  const text = new Map(writes.map((write) => [write.path, write.text]));
  const of = (kind: string) =>
    new Map([LINUX, MAC].map((target) => [target, pointerVersion(text.get(`pointers/${kind}/${target}.txt`))]));
  return {
    latestSupported: of('latest_supported'),
    latestValidated: of('latest_validated'),
    rootValidated: pointerVersion(text.get('latest_validated.txt')),
    minSupported: pointerVersion(text.get('min_supported.txt')),
    current: text.get('current.json'),
  };
}

describe('promotion', () => {
  it('writes every pointer, latest_validated.txt, min_supported.txt and current.json together', () => {
    const plan = promote('1.0.0', noPointers, LINUX);
    expect(Object.fromEntries(plan.writes.map(({ path, text }) => [path, text]))).toEqual({
      'pointers/latest_supported/linux-x64.txt': '1.0.0\n',
      'pointers/latest_supported/darwin-arm64.txt': '1.0.0\n',
      'pointers/latest_validated/linux-x64.txt': '1.0.0\n',
      'pointers/latest_validated/darwin-arm64.txt': 'none\n',
      'latest_validated.txt': '1.0.0\n',
      'min_supported.txt': '1.0.0\n',
      'current.json': 'union of 1.0.0\n',
    });
    expect(plan.stays).toEqual([{ target: MAC, reason: 'its tests did not run' }]);
    expect(plan.moves).toHaveLength(5);
  });

  it('points at nothing that has no snapshot, though its tests passed', () => {
    const plan = planPromotion({
      version: '1.0.0',
      metadata: versionMetadata(
        metadataParts({ union: unionOf([LINUX]), runs: passedOn(LINUX, MAC), policy: 'tests_first_v1' }),
      ),
      unionText: '',
      seenTargets: [LINUX],
      expectedTargets: [LINUX, MAC],
      requiredTarget: LINUX,
      pointers: noPointers,
    });
    expect(after(plan).latestValidated).toEqual(
      new Map([
        [LINUX, '1.0.0'],
        [MAC, undefined],
      ]),
    );
    expect(plan.stays).toEqual([{ target: MAC, reason: 'it has no snapshot' }]);
  });

  it('moves nothing the second time', () => {
    const first = after(promote('1.0.0', noPointers, LINUX, MAC));
    expect(promote('1.0.0', first, LINUX, MAC).moves).toEqual([]);
  });

  it.each([
    ['GATE_NOT_MET', () => promote('1.0.0', noPointers, MAC)],
    ['VERSION_NOT_STABLE', () => promote('1.0.0-rc.1', noPointers, LINUX)],
    ['PROMOTION_BACKWARDS', () => promote('1.0.0', after(promote('1.0.1', noPointers, LINUX)), LINUX)],
  ])('is refused: %s', (code, attempt) => expect(codeOf(attempt)).toBe(code));

  it('never moves a pointer back and never leaves the pointers at odds, whatever is promoted', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3)).map(([a, b]) => `1.${String(a)}.${String(b)}`);
    const step = fc.tuple(version, fc.subarray([LINUX, MAC]));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let now: ReturnType<typeof after> = { ...noPointers, current: undefined };
        for (const [next, passed] of steps) {
          const before = now;
          try {
            now = after(promote(next, before, ...passed));
          } catch (error) {
            expect(error).toBeInstanceOf(CliparityError);
            continue;
          }
          for (const kind of ['latestSupported', 'latestValidated'] as const)
            for (const [target, from] of before[kind])
              if (from !== undefined)
                expect(compareVersions(now[kind].get(target) ?? '0.0.0', from)).toBeGreaterThanOrEqual(0);
          expect(now.rootValidated).toBe(now.latestValidated.get(LINUX));
          expect(now.current).toBe(`union of ${String(now.rootValidated)}\n`);
          expect(compareVersions(now.minSupported ?? '9.9.9', now.rootValidated ?? '0.0.0')).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

describe('retention', () => {
  const versions = ['0.1.0', '0.2.0', '0.3.0', '0.4.0', '0.5.0', '0.6.0'].map((version) => ({
    version,
    status: version === '0.5.0' ? undefined : ('validated' as const),
  }));
  const pointers: RootPointers = {
    latestSupported: new Map([[MAC, '0.2.0']]),
    latestValidated: new Map([[LINUX, '0.6.0']]),
    rootValidated: '0.6.0',
    minSupported: '0.3.0',
  };
  it('keeps what pointers name, the last validated ones and what is newer; the rest goes with all its files', () => {
    const plan = planRetention({ versions, pointers, keepLastValidated: 2 });
    expect(plan.keep.map(({ version }) => version)).toEqual(['0.2.0', '0.3.0', '0.4.0', '0.6.0']);
    expect(plan.remove).toEqual(['0.1.0', '0.5.0']);
    expect(plan.paths).toEqual(
      ['0.1.0', '0.5.0'].flatMap((v) => [`snapshots/${v}`, `reports/${v}`, `versions/${v}.json`]),
    );
  });
  it('keeps work in progress, and everything while nothing is validated', () => {
    const newer = [...versions, { version: '0.7.0', status: 'reported' as const }];
    expect(planRetention({ versions: newer, pointers, keepLastValidated: 0 }).remove).not.toContain('0.7.0');
    expect(planRetention({ versions, pointers: noPointers, keepLastValidated: 0 }).remove).toEqual([]);
  });
  it('keeps versions whose metadata nobody can read', () => {
    const odd = versions.map((one) => (one.version === '0.5.0' ? { ...one, status: 'unreadable' as const } : one));
    expect(planRetention({ versions: odd, pointers, keepLastValidated: 2 }).remove).toEqual(['0.1.0']);
  });
});
