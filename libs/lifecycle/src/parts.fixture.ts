import type { CoverageParts } from '@cliparity/coverage';
import { CliparityError, type CoverageEntry, type Union } from '@cliparity/model';
import type { RootPointers } from './plan/pointers.js';
import type { MetadataParts } from './version-metadata.js';

export const LINUX = 'linux-x64';
export const MAC = 'darwin-arm64';
const expected = [LINUX, MAC];
export const TIME = '2026-01-02T03:04:05Z';
export const BINARY = 'a'.repeat(64);

/** A union of one command `run` with the flag `--json`. */
export function unionOf(seen: readonly string[] = expected): Union {
  const missing = expected.filter((target) => !seen.includes(target));
  const on = [...seen];
  return {
    snapshot_schema_version: 3,
    tool: 'tool',
    mode: 'union',
    collected_at: TIME,
    expected_targets: expected,
    complete: missing.length === 0,
    ...(missing.length > 0 && { missing_targets: missing }),
    provenance: { inputs: [] },
    inputs: seen.map((target) => ({
      target_triple: target,
      collected_at: TIME,
      binary: {
        sha256: BINARY,
        size_bytes: 1,
        platform: { os: 'linux', arch: 'x86_64' },
        target_triple: target,
        version_output: 'tool 1.0.0',
        semantic_version: '1.0.0',
      },
    })),
    commands: [
      { path: [], available_on: on },
      {
        path: ['run'],
        available_on: on,
        flags: [{ key: '--json', long: '--json', takes_value: false, available_on: on }],
      },
    ],
  };
}

const everything: CoverageEntry[] = [
  { path: [], level: 'explicit' },
  { path: ['run'], level: 'explicit', flags: [{ key: '--json', level: 'passthrough', note: 'handed on' }] },
];

export function coverageOf(union: Union, coverage: CoverageEntry[] = everything): CoverageParts {
  return {
    union,
    coverage: { schema_version: 2, wrapper: 'ours', coverage },
    requiredTarget: LINUX,
    systems: { [LINUX]: 'linux', [MAC]: 'macos' },
  };
}

export function metadataParts(change: Partial<MetadataParts> = {}): MetadataParts {
  const union = change.union ?? unionOf();
  return {
    version: '1.0.0',
    union,
    coverage: coverageOf(union),
    requiredTarget: LINUX,
    policy: 'linux_first_v1',
    hasReports: true,
    pinned: new Map(expected.map((target) => [target, BINARY])),
    updatedAt: TIME,
    inputs: [],
    ...change,
  };
}

export const passedOn = (...targets: readonly string[]) =>
  targets.map((target) => ({ target, outcome: 'passed' as const, exit_code: 0, binary_sha256: BINARY }));

export const noPointers: RootPointers = {
  latestSupported: new Map(),
  latestValidated: new Map(),
  rootValidated: undefined,
  minSupported: undefined,
};

/** The code of what a call throws; what it returned when it throws nothing. */
export function codeOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (error instanceof CliparityError) return error.code;
    throw error;
  }
}
