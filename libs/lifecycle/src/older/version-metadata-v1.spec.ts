import { describe, expect, it } from '@jest/globals';
import type { OlderRules, UnionV2 } from '@cliparity/surface';
import { codeOf } from '../parts.fixture.js';
import { supportedTargetsV1 } from './supported-targets.js';
import { versionMetadataV1, type VersionMetadataV1Parts } from './version-metadata-v1.js';

const LINUX = 'linux-x64';
const MAC = 'darwin-arm64';
const rules: OlderRules = {
  union: {
    required_target: LINUX,
    expected_targets: [LINUX, MAC],
    platform_mapping: { [LINUX]: 'linux', [MAC]: 'macos' },
  },
  parity_exclusions: { schema_version: 1, units: [{ unit: 'command', path: ['app'], note: 'a window' }] },
};
const policy = {
  requires_union_complete: true,
  requires_semantic_version: true,
  coverage_requirement: {
    allowed_levels: ['explicit', 'passthrough', 'intentionally_unsupported'],
    disallowed_levels: ['unsupported', 'unknown'],
    treat_missing_as: 'unknown',
  },
  intentionally_unsupported_requires_note: true,
};
const on = [LINUX, MAC];
const union: UnionV2 = {
  snapshot_schema_version: 2,
  tool: 'tool',
  mode: 'union',
  collected_at: '',
  expected_targets: on,
  complete: true,
  inputs: on.map((target) => ({
    target_triple: target,
    binary: {
      sha256: '',
      size_bytes: 0,
      platform: { os: '', arch: '' },
      target_triple: target,
      version_output: '',
      semantic_version: '1.0.0',
    },
  })),
  commands: [
    { path: [], available_on: on },
    { path: ['app'], available_on: on, flags: [{ key: '--x', available_on: on }] },
    { path: ['run'], available_on: on, args: [{ name: 'FILE', available_on: [MAC] }] },
  ],
};
const root = { path: [], level: 'explicit' };
type Entries = NonNullable<VersionMetadataV1Parts['coverage']>['coverage'];
const coverage = (...entries: Entries) => ({ schema_version: 1 as const, coverage: [root, ...entries] });
const supported = (...entries: Entries) => supportedTargetsV1({ union, rules, policy, coverage: coverage(...entries) });

describe('supported targets of the older format', () => {
  it.each<[string, Entries, string[]]>([
    ['nothing said about a command', [], []],
    ['everything said', [{ path: ['run'], level: 'explicit', args: [{ name: 'FILE', level: 'explicit' }] }], on],
    ['an argument of one target not said', [{ path: ['run'], level: 'explicit' }], [LINUX]],
    [
      'what is below a waived command counts on its own',
      [{ path: ['run'], level: 'intentionally_unsupported', note: 'n' }],
      [LINUX],
    ],
    ['a waiver without a note', [{ path: ['run'], level: 'intentionally_unsupported' }], []],
    [
      'two levels are none',
      [
        { path: ['run'], level: 'explicit' },
        { path: ['run'], level: 'passthrough' },
      ],
      [],
    ],
    ['a scope', [{ path: ['run'], level: 'explicit', scope: { platforms: ['linux'] } }], [LINUX]],
    ['an empty scope covers no target', [{ path: ['run'], level: 'explicit', scope: {} }], []],
    ['an unsupported command', [{ path: ['run'], level: 'unsupported' }], []],
  ])('%s', (_, entries, targets) => expect(supported(...entries)).toEqual(targets));
});

describe('version metadata of the older format', () => {
  const all = coverage({ path: ['run'], level: 'explicit', args: [{ name: 'FILE', level: 'explicit' }] });
  const parts: VersionMetadataV1Parts = {
    version: '1.0.0',
    status: 'validated',
    updatedAt: 't',
    union,
    coverage: all,
    rules,
    policy,
    hasAnyReport: true,
    outcomes: { passed: [LINUX], failed: [], skipped: [MAC] },
  };
  it('keeps notes and outcomes, and lets any status take the place of any other', () => {
    const existing = { ...versionMetadataV1(parts), notes: 'kept' };
    const again: VersionMetadataV1Parts = { ...parts, status: 'reported', existing };
    delete (again as { outcomes?: unknown }).outcomes;
    expect(versionMetadataV1(again)).toMatchObject({
      status: 'reported',
      notes: 'kept',
      validation: { passed_targets: [LINUX], skipped_targets: [MAC] },
      promotion: { eligible_for_latest_validated: false },
    });
    expect(versionMetadataV1({ ...parts, status: 'supported' }).promotion).toEqual({
      eligible_for_latest_validated: false,
    });
  });
  it.each<[string, Partial<VersionMetadataV1Parts>]>([
    ['VERSION_INVALID', { version: 'v1' }],
    ['REPORT_MISSING', { hasAnyReport: false }],
    ['WRAPPER_COVERAGE_MISSING', { coverage: undefined }],
    ['GATE_NOT_MET', { outcomes: { passed: [MAC], failed: [], skipped: [] } }],
    ['GATE_NOT_MET', { coverage: coverage() }],
    ['GATE_NOT_MET', { status: 'supported', coverage: coverage() }],
    ['GATE_NOT_MET', { status: 'supported', union: { ...union, complete: false } }],
    ['GATE_NOT_MET', { status: 'snapshotted' }],
  ])('is refused: %s', (code, change) => expect(codeOf(() => versionMetadataV1({ ...parts, ...change }))).toBe(code));
});
