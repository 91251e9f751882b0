import { compareVersions } from '@cliparity/model';
import { listAt, textAt, valueAt } from '../engine/json-value.js';
import { checkSchema, readJsonFile, type ParityContext } from './parity-context.js';
import { stableVersion } from './pointer-file.js';
import { pointerGrammar, type PointerValues } from './pointers.js';
import { checkReports } from './reports.js';
import { checkValidationSets } from './validation-sets.js';

/** The versions to check: those of all pointers and of `versions/*.json`, oldest first. Source: section 6, check 2. */
export function versionsToCheck(ctx: ParityContext, pointers: PointerValues): readonly string[] {
  const { view, add } = ctx;
  const { stable } = pointerGrammar(ctx, false);
  const found = new Set<string>();
  const named = [
    pointers.minSupported,
    pointers.latestValidated,
    ...pointers.latest_supported.values(),
    ...pointers.latest_validated.values(),
  ];
  for (const version of named) if (version !== undefined) found.add(version);
  const folder = view.list('versions');
  if (folder.kind === 'unreadable')
    add({
      code: 'VERSIONS_DIR_UNREADABLE',
      path: 'versions',
      message: `the folder cannot be read (${folder.reason})`,
      unit: 'versions',
    });
  for (const { name } of folder.kind === 'folder' ? folder.entries : []) {
    if (!name.endsWith('.json') || name === '.json') continue;
    const stem = name.slice(0, -'.json'.length);
    if (stableVersion(stem, stable) !== undefined) found.add(stem);
    else
      add({
        code: 'VERSION_FILE_INVALID_NAME',
        path: `versions/${name}`,
        message: `"${stem}" is no stable version`,
        unit: 'versions',
        field: 'filename',
        key_or_name: stem,
      });
  }
  return [...found].sort(compareVersions);
}

/** Whether a value says that it is a union of version 2. */
export function isUnionV2(value: unknown): boolean {
  return valueAt(value, 'snapshot_schema_version') === 2 && valueAt(value, 'mode') === 'union';
}

/**
 * Checks all files of one version. Source: section 6, check 3.
 * @returns its metadata as parsed, in a box; undefined when there is none
 */
export function checkVersion(ctx: ParityContext, version: string): { readonly value: unknown } | undefined {
  const metadata = checkMetadata(ctx, version);
  const union = checkUnion(ctx, version);
  const targets = listAt(union, 'inputs').flatMap((input) => textAt(input, 'target_triple') ?? []);
  for (const target of targets) checkSnapshot(ctx, version, target);
  const status = textAt(metadata?.value, 'status') ?? 'unknown';
  const complete = valueAt(union, 'complete') === true;
  checkReports(ctx, {
    version,
    required: ['reported', 'validated', 'supported'].includes(status),
    names: [
      { name: 'any' },
      ...targets.map((target) => ({ name: target, target })),
      ...(complete ? [{ name: 'all' }] : []),
    ],
  });
  return metadata;
}

function checkMetadata(ctx: ParityContext, version: string): { readonly value: unknown } | undefined {
  const path = `versions/${version}.json`;
  const read = readJsonFile(ctx, path, {
    code: 'VERSION_METADATA_INVALID_JSON',
    missing: () => ({
      code: 'VERSION_METADATA_MISSING',
      path,
      message: `there is no metadata of ${version}`,
      unit: 'versions',
      field: 'versions',
      key_or_name: version,
    }),
  });
  if (read === undefined) return undefined;
  checkSchema(ctx, ctx.versionSchema, { path, value: read.value, code: 'VERSION_METADATA_SCHEMA_INVALID' });
  checkValidationSets(ctx, version, read.value);
  return read;
}

function checkUnion(ctx: ParityContext, version: string): unknown {
  const path = `snapshots/${version}/union.json`;
  const at = { path, unit: 'snapshots', field: 'union', key_or_name: version };
  const read = readJsonFile(ctx, path, {
    code: 'UNION_INVALID_JSON',
    missing: () => ({ ...at, code: 'UNION_MISSING', message: `there is no union of ${version}` }),
  });
  if (read === undefined) return undefined;
  checkSchema(ctx, ctx.schema, { path, value: read.value, code: 'UNION_SCHEMA_INVALID' });
  if (!isUnionV2(read.value))
    ctx.add({
      ...at,
      code: 'UNION_WRONG_KIND',
      json_pointer: '/snapshot_schema_version',
      message: 'the file is no union of version 2',
    });
  return read.value;
}

function checkSnapshot(ctx: ParityContext, version: string, target: string): void {
  const path = `snapshots/${version}/${target}.json`;
  const at = { path, unit: 'snapshots', field: 'per_target', key_or_name: target, target_triple: target };
  const read = readJsonFile(ctx, path, {
    code: 'SNAPSHOT_INVALID_JSON',
    missing: () => ({ ...at, code: 'SNAPSHOT_MISSING', message: `the union names ${target}, which has no snapshot` }),
  });
  if (read === undefined) return;
  checkSchema(ctx, ctx.schema, { path, value: read.value, code: 'SNAPSHOT_SCHEMA_INVALID' });
  if (valueAt(read.value, 'snapshot_schema_version') !== 1)
    ctx.add({
      ...at,
      code: 'SNAPSHOT_WRONG_KIND',
      json_pointer: '/snapshot_schema_version',
      message: 'the file is no snapshot of version 1',
    });
}
