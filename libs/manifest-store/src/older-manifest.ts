import type { Exclusion, Manifest, SourceUse } from '@cliparity/model';
import type { OlderRules } from '@cliparity/surface';

/** What is read of an older root to make up for the manifest it does not have. All optional but the rules. */
export interface OlderFacts {
  readonly name: string;
  readonly rules: OlderRules;
  /** `SCHEMA.json`, whose `tool` constants name the tool. */
  readonly schema?: unknown;
  /** `artifacts.lock.json`, whose head names the upstream. */
  readonly lock?: unknown;
  /** `current.json`, whose root usage names the program. */
  readonly current?: unknown;
}

/**
 * The manifest an older root would have: tool id from its schema (else from its current union, else `<name>-cli`), program name from the
 * root command's usage (else the root's name), targets and exclusions from its rules, sources as far as its lock names them.
 */
export function olderManifest(facts: OlderFacts): Manifest {
  const { rules, name } = facts;
  const exclusions = rules.parity_exclusions?.units as Exclusion[] | undefined;
  return {
    manifest_schema_version: 1,
    tool: toolOf(facts.schema) ?? text(facts.current, 'tool') ?? `${name}-cli`,
    binary: binaryOf(facts.current) ?? name,
    sources: sourcesOf(facts.lock),
    targets: { required: rules.union.required_target, expected: [...rules.union.expected_targets] },
    ...(exclusions !== undefined && exclusions.length > 0 && { exclusions }),
  };
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (inner !== null && typeof inner === 'object' ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

function text(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function toolOf(schema: unknown): string | undefined {
  const kinds = ['UpstreamSnapshotV1', 'UpstreamSnapshotUnionV2'];
  return kinds
    .map((kind) => text(schema, '$defs', kind, 'properties', 'tool', 'const'))
    .find((tool) => tool !== undefined);
}

function binaryOf(current: unknown): string | undefined {
  const usage = text(current, 'commands', '0', 'usage');
  return /^[\w.-]+(?=\s|$)/.exec(usage ?? '')?.[0];
}

/** codex names a repository, opencode a package per artifact, claude a bucket that no source of ours reads. */
function sourcesOf(lock: unknown): SourceUse[] {
  const repository = text(lock, 'upstream_repo');
  if (repository !== undefined) return [{ use: 'github-releases', settings: { repository } }];
  const artifacts = at(lock, 'artifacts');
  const packages = Array.isArray(artifacts) ? artifacts.map((entry) => text(entry, 'package_name')) : [];
  const named = [...new Set(packages.filter((name) => name !== undefined))];
  return named.map((name) => ({ use: 'npm', settings: { package: name } }));
}
