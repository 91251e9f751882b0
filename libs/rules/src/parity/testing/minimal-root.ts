import type { FileMap } from '../../engine/memory-view.js';

const TARGETS = ['linux-x64', 'darwin-arm64', 'win32-x64'];
const VERSIONS = ['1.0.0', '1.1.0'];
const text = { type: 'string' };
const level = { enum: ['explicit', 'passthrough', 'unsupported', 'intentionally_unsupported', 'unknown'] };
const object = (properties: object, required = Object.keys(properties)): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const list = (items: object): object => ({ type: 'array', items });
const texts = list(text);

/** Far smaller than a real one, in the same shape: one of four kinds, refusing what it does not know. */
function schemaFile(): object {
  const binary = object({ semantic_version: text, sha256: text });
  const snapshot = { tool: text, collected_at: text, binary, commands: list({ type: 'object' }) };
  const judged = { level, note: text, scope: object({ platforms: texts, target_triples: texts }, []) };
  const delta = object({ path: texts, key: text, name: text, wrapper_level: level, note: text }, ['path']);
  const names = ['missing_commands', 'missing_flags', 'missing_args', 'intentionally_unsupported'];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'cli_manifests/small/SCHEMA.json',
    oneOf: [
      object({ snapshot_schema_version: { const: 1 }, ...snapshot }),
      object({
        snapshot_schema_version: { const: 2 },
        tool: text,
        mode: { const: 'union' },
        collected_at: text,
        expected_targets: texts,
        complete: { type: 'boolean' },
        inputs: list(object({ target_triple: text, binary })),
        commands: list({ type: 'object' }),
      }),
      object({
        schema_version: { const: 1 },
        coverage: list(
          object(
            {
              path: texts,
              ...judged,
              flags: list(object({ key: text, ...judged }, ['key', 'level'])),
              args: list(object({ name: text, ...judged }, ['name', 'level'])),
            },
            ['path', 'level'],
          ),
        ),
      }),
      object(
        {
          schema_version: { const: 1 },
          generated_at: text,
          inputs: { type: 'object' },
          deltas: object(Object.fromEntries(names.map((name) => [name, list(delta)])), names.slice(0, 3)),
        },
        ['schema_version', 'generated_at', 'deltas'],
      ),
    ],
  };
}

function versionSchemaFile(): object {
  const targets = { type: 'array', items: text, uniqueItems: true };
  return {
    $id: 'cli_manifests/small/VERSION_METADATA_SCHEMA.json',
    ...object(
      {
        schema_version: { const: 1 },
        semantic_version: text,
        status: { enum: ['snapshotted', 'reported', 'validated', 'supported'] },
        updated_at: text,
        coverage: object({ supported_targets: targets, supported_required_target: { type: 'boolean' } }, []),
        validation: object({ passed_targets: targets, failed_targets: targets, skipped_targets: targets }, []),
      },
      ['schema_version', 'semantic_version', 'status', 'updated_at'],
    ),
  };
}

function rulesFile(): object {
  return {
    union: {
      required_target: 'linux-x64',
      expected_targets: TARGETS,
      platform_mapping: { 'linux-x64': 'linux', 'darwin-arm64': 'macos', 'win32-x64': 'windows' },
    },
    versioning: { pointers: { stable_semver_pattern: '^\\d+\\.\\d+\\.\\d+$' } },
    wrapper_coverage: {
      scope_semantics: {
        defaults: { no_scope_means: 'all_expected_targets' },
        platforms_expand_to_expected_targets: true,
        platforms_expand_using: 'union.platform_mapping',
        scope_set_resolution: { mode: 'union' },
      },
      validation: {
        disallow_overlapping_scopes: true,
        overlap_units: ['command_path', 'command_flag_key', 'command_arg_name'],
      },
    },
    parity_exclusions: {
      schema_version: 1,
      units: [
        { unit: 'arg', path: [], name: 'PROMPT', note: 'starts the screen' },
        { unit: 'command', path: ['app'], note: 'opens a window' },
        { unit: 'flag', path: [], key: '--no-screen', note: 'about the screen' },
      ],
    },
  };
}

const time = '2026-01-02T03:04:05Z';
const commands = [{ path: [] }, { path: ['run'] }];
const binaryOf = (version: string): object => ({ semantic_version: version, sha256: 'ab'.repeat(32) });

function versionFiles(version: string): readonly (readonly [string, object])[] {
  const snapshot = {
    snapshot_schema_version: 1,
    tool: 'small',
    collected_at: time,
    binary: binaryOf(version),
    commands,
  };
  const union = {
    snapshot_schema_version: 2,
    tool: 'small',
    mode: 'union',
    collected_at: time,
    expected_targets: TARGETS,
    complete: true,
    inputs: TARGETS.map((target) => ({ target_triple: target, binary: binaryOf(version) })),
    commands,
  };
  const note = 'not of use';
  const waived = [{ path: ['run'], wrapper_level: 'intentionally_unsupported', note }];
  const deltas = { missing_commands: [], missing_flags: [], missing_args: [], intentionally_unsupported: waived };
  const report = { schema_version: 1, generated_at: time, deltas };
  const metadata = {
    schema_version: 1,
    semantic_version: version,
    status: version === '1.1.0' ? 'validated' : 'snapshotted',
    updated_at: time,
    coverage: { supported_targets: TARGETS, supported_required_target: true },
    validation: { passed_targets: TARGETS, failed_targets: [], skipped_targets: [] },
  };
  return [
    ...TARGETS.map((target) => [`snapshots/${version}/${target}.json`, snapshot] as const),
    [`snapshots/${version}/union.json`, union],
    ...['any', 'all', ...TARGETS].map((name) => [`reports/${version}/coverage.${name}.json`, report] as const),
    [`versions/${version}.json`, metadata],
  ];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A small root of the older format in which its validator finds nothing: three targets, two versions, everything complete. */
export function minimalRoot(): FileMap {
  const wrapper = {
    schema_version: 1,
    coverage: [
      { path: [], level: 'explicit', flags: [{ key: '--json', level: 'passthrough', note: 'handed on' }] },
      { path: ['run'], level: 'intentionally_unsupported', note: 'not of use' },
    ],
  };
  const files = VERSIONS.flatMap(versionFiles);
  const current = files.find(([path]) => path === 'snapshots/1.1.0/union.json');
  return new Map([
    ['RULES.json', json(rulesFile())],
    ['SCHEMA.json', json(schemaFile())],
    ['VERSION_METADATA_SCHEMA.json', json(versionSchemaFile())],
    ['wrapper_coverage.json', json(wrapper)],
    ...files.map(([path, value]) => [path, json(value)] as const),
    ['current.json', json(current?.[1])],
    ['latest_validated.txt', '1.1.0\n'],
    ['min_supported.txt', '1.0.0\n'],
    ...['latest_supported', 'latest_validated'].flatMap((kind) =>
      TARGETS.map((target) => [`pointers/${kind}/${target}.txt`, '1.1.0\n'] as const),
    ),
  ]);
}
