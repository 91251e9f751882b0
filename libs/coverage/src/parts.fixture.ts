import type { CoverageEntry, Exclusion, Union, UnionCommand } from '@cliparity/model';
import type { CoverageParts } from './build-reports.js';

export const LINUX = 'linux-x64';
export const MAC = 'darwin-arm64';
export const WINDOWS = 'win32-x64';
const expected = [LINUX, MAC, WINDOWS];

type Unit = readonly [name: string, on?: readonly string[]];
export interface CommandDraft {
  readonly path: string[];
  readonly on?: readonly string[];
  readonly flags?: readonly Unit[];
  readonly args?: readonly Unit[];
}

export function commandOf({ path, on = expected, flags = [], args = [] }: CommandDraft): UnionCommand {
  return {
    path,
    available_on: [...on],
    flags: flags.map(([key, at = on]) => ({ key, long: key, takes_value: false, available_on: [...at] })),
    args: args.map(([name, at = on]) => ({ name, required: false, variadic: false, available_on: [...at] })),
  };
}

export function unionOf(commands: readonly CommandDraft[], seen: readonly string[] = expected): Union {
  const missing = expected.filter((target) => !seen.includes(target));
  return {
    snapshot_schema_version: 3,
    tool: 'tool-cli',
    mode: 'union',
    collected_at: '2026-01-02T03:04:05Z',
    expected_targets: expected,
    complete: missing.length === 0,
    ...(missing.length > 0 && { missing_targets: missing }),
    provenance: { inputs: [] },
    inputs: seen.map((target) => ({
      target_triple: target,
      collected_at: '2026-01-02T03:04:05Z',
      binary: {
        sha256: 'a'.repeat(64),
        size_bytes: 1,
        platform: { os: 'linux', arch: 'x86_64' },
        target_triple: target,
        version_output: 'tool 1.0.0',
        semantic_version: '1.0.0',
      },
    })),
    commands: commands.map(commandOf),
  };
}

export function partsOf(union: Union, coverage: CoverageEntry[], exclusions: Exclusion[] = []): CoverageParts {
  return {
    union,
    coverage: { schema_version: 2, wrapper: 'ours', wrapper_version: '1.0.0', coverage },
    exclusions,
    requiredTarget: LINUX,
    systems: { [LINUX]: 'linux', [MAC]: 'macos', [WINDOWS]: 'windows' },
  };
}
