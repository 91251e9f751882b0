import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from '@jest/globals';
import { serialize } from '@cliparity/model';
import { BINARY, codeOf, coverageOf, LINUX, MAC, metadataParts, passedOn, unionOf } from './parts.fixture.js';
import { VersionMetadataSchema } from './schema/version-metadata.js';
import { mergeRuns, runOfCommand, skippedRun, validationOf } from './test-runs.js';
import { isRecordIntact, versionMetadata, type MetadataParts } from './version-metadata.js';

const statusOf = (change: Partial<MetadataParts>) => versionMetadata(metadataParts(change)).status;
const waivedRun = { path: ['run'], level: 'intentionally_unsupported' as const, note: 'not of use' };

describe('the status of a version', () => {
  it.each<[string, Partial<MetadataParts>, string]>([
    ['has snapshots only', { hasReports: false }, 'snapshotted'],
    ['was not seen on the required target', { union: unionOf([MAC]) }, 'snapshotted'],
    ['has reports', { union: unionOf([LINUX]) }, 'reported'],
    ['has reports, and things that are missing', { coverage: coverageOf(unionOf(), []) }, 'reported'],
    ['passed on the required target', { union: unionOf([LINUX]), runs: passedOn(LINUX) }, 'validated'],
    ['passed elsewhere only', { union: unionOf([LINUX]), runs: passedOn(MAC) }, 'reported'],
    ['has everything handled on every target', {}, 'supported'],
  ])('%s → as high as the gates allow', (_, change, status) => expect(statusOf(change)).toBe(status));

  it('counts what stands below a waived command as waived, as the reports do', () => {
    const union = unionOf();
    const parts = coverageOf(union, [{ path: [], level: 'explicit' }, waivedRun]);
    expect(versionMetadata(metadataParts({ coverage: parts })).coverage).toEqual({
      supported_targets: [LINUX, MAC],
      supported_required_target: true,
    });
  });

  it.each<[string, Partial<MetadataParts>]>([
    ['it has no up-to-date reports', { status: 'reported', hasReports: false }],
    [`no test has passed on ${LINUX}`, { status: 'validated' }],
    [
      `the wrapper does not handle everything on ${LINUX}`,
      { status: 'validated', runs: passedOn(LINUX), coverage: coverageOf(unionOf(), []) },
    ],
    [`no snapshot of ${MAC}`, { status: 'supported', union: unionOf([LINUX]) }],
  ])('is refused: %s', (why, change) => {
    expect(codeOf(() => statusOf(change))).toBe('GATE_NOT_MET');
    expect(() => statusOf(change)).toThrow(why);
  });

  it('is not lowered in silence', () => {
    const union = unionOf([LINUX]);
    const existing = versionMetadata(metadataParts({ union, runs: passedOn(LINUX) }));
    const again = { union, existing };
    expect(statusOf(again)).toBe('validated');
    expect(codeOf(() => statusOf({ ...again, status: 'reported' }))).toBe('STATUS_DOWNGRADE');
    const lowered = versionMetadata(
      metadataParts({ ...again, status: 'reported', downgrade: 'the release was pulled' }),
    );
    expect(lowered).toMatchObject({ status: 'reported', notes: 'the release was pulled' });
    const broken = { ...again, coverage: coverageOf(union, []) };
    expect(codeOf(() => statusOf(broken))).toBe('GATE_NOT_MET');
    expect(statusOf({ ...broken, downgrade: 'the wrapper lost a command' })).toBe('reported');
    const risen = versionMetadata(metadataParts({ union, existing: lowered, runs: passedOn(LINUX) }));
    expect(risen.status).toBe('validated');
    expect(risen.notes).toBeUndefined();
  });

  it('lets tests alone decide under the other policy', () => {
    const coverage = coverageOf(unionOf(), []);
    const made = versionMetadata(metadataParts({ coverage, runs: passedOn(LINUX), policy: 'tests_first_v1' }));
    expect(made).toMatchObject({ status: 'validated', promotion: { eligible_for_latest_validated: true } });
  });

  it('is eligible for promotion when it is supported and tested too', () => {
    const made = versionMetadata(metadataParts({ runs: passedOn(LINUX) }));
    expect(made).toMatchObject({ status: 'supported', promotion: { eligible_for_latest_validated: true } });
    expect(versionMetadata(metadataParts()).promotion.eligible_for_latest_validated).toBe(false);
  });

  it('forgets the tests of a binary that is not the pinned one', () => {
    const existing = versionMetadata(metadataParts({ union: unionOf([LINUX]), runs: passedOn(LINUX) }));
    const pinned = new Map([[LINUX, 'b'.repeat(64)]]);
    const made = () => versionMetadata(metadataParts({ union: unionOf([LINUX]), pinned, existing }));
    expect(made).toThrow(`no test has passed on ${LINUX}`);
  });
});

describe('the file', () => {
  it('tells when somebody edited what tests or people said', () => {
    const made = versionMetadata(metadataParts({ union: unionOf([LINUX]), runs: passedOn(LINUX) }));
    expect(isRecordIntact(made)).toBe(true);
    expect(isRecordIntact({ ...made, status: 'supported' })).toBe(false);
    expect(isRecordIntact({ ...made, notes: 'all good' })).toBe(false);
    const runs = (made.validation?.runs ?? []).map((run) => ({ ...run, exit_code: 1 }));
    expect(isRecordIntact({ ...made, ...(made.validation && { validation: { ...made.validation, runs } }) })).toBe(
      false,
    );
  });
  it('is what its schema says', () => {
    const made = versionMetadata(metadataParts({ runs: [...passedOn(LINUX), skippedRun(MAC, 'no runner here')] }));
    const validate = new Ajv2020({ strict: false }).compile(VersionMetadataSchema);
    expect(validate(JSON.parse(serialize(VersionMetadataSchema, made))) ? [] : validate.errors).toEqual([]);
  });
});

describe('runs of tests', () => {
  const end = { target: LINUX, command: ['npm', 'test'], binarySha256: BINARY, logSha256: BINARY };
  it.each([
    [{ ...end, exitCode: 0 }, 'passed'],
    [{ ...end, exitCode: 1 }, 'failed'],
    [{ ...end, exitCode: 0, stoppedBy: 'SIGTERM' }, 'failed'],
    [{ ...end, stoppedBy: 'took longer than 600 s' }, 'failed'],
  ])('%#', (given, outcome) => expect(runOfCommand(given).outcome).toBe(outcome));

  it('stand in the order of the targets, the newest of each; a skipped one replaces none that happened', () => {
    const failed = runOfCommand({ ...end, exitCode: 1 });
    expect(
      mergeRuns([skippedRun(MAC, 'x'), failed], passedOn(LINUX), [LINUX, MAC]).map(({ outcome }) => outcome),
    ).toEqual(['passed', 'skipped']);
    expect(mergeRuns([failed], [skippedRun(LINUX, 'no runner')], [LINUX])).toEqual([failed]);
    expect(mergeRuns([], passedOn('unknown'), [LINUX])).toEqual([]);
    expect(validationOf([])).toBeUndefined();
  });
});
