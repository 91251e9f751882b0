import { listAt, textAt } from '../engine/json-value.js';
import { bytesOf } from '../engine/root-view.js';
import { checkSchema, readJsonFile, type ParityContext } from './parity-context.js';
import { isUnionV2 } from './versions.js';

const PATH = 'current.json';
const AT = { path: PATH, unit: 'current_json' } as const;

/** `current.json` is the union of the latest validated version, byte for byte. Source: section 6, check 4. */
export function checkCurrent(ctx: ParityContext, latestValidated: string | undefined): void {
  const { add, rules } = ctx;
  const mayLack = latestValidated === undefined && rules.versioning.pointers.root_pointers_allow_none === true;
  const read = readJsonFile(ctx, PATH, {
    code: 'CURRENT_INVALID_JSON',
    ...(!mayLack && {
      missing: () => ({ ...AT, code: 'CURRENT_MISSING', message: `there is no ${PATH}`, field: 'current' }),
    }),
  });
  if (read === undefined) return;
  checkSchema(ctx, ctx.schema, { path: PATH, value: read.value, code: 'CURRENT_SCHEMA_INVALID' });
  if (!isUnionV2(read.value))
    add({
      ...AT,
      code: 'CURRENT_WRONG_KIND',
      json_pointer: '/snapshot_schema_version',
      message: 'the file is no union of version 2',
      field: 'current',
    });
  if (latestValidated === undefined) return;
  const union = bytesOf(ctx.view, `snapshots/${latestValidated}/union.json`);
  if (union !== undefined && Buffer.compare(union, read.bytes) !== 0)
    add({
      ...AT,
      code: 'CURRENT_JSON_NOT_EQUAL_UNION',
      message: `it differs from snapshots/${latestValidated}/union.json`,
      field: 'identity',
      key_or_name: latestValidated,
    });
  checkVersionOf(ctx, read.value, latestValidated);
}

function checkVersionOf({ add, rules }: ParityContext, current: unknown, latestValidated: string): void {
  const required = rules.union.required_target;
  const at = { ...AT, key_or_name: required, target_triple: required };
  const input = listAt(current, 'inputs').find((one) => textAt(one, 'target_triple') === required);
  if (input === undefined) {
    add({
      ...at,
      code: 'CURRENT_JSON_MISSING_REQUIRED_TARGET',
      json_pointer: '/inputs',
      message: `it was made without the required target ${required}`,
      field: 'inputs',
    });
    return;
  }
  const version = textAt(input, 'binary', 'semantic_version');
  if (version !== latestValidated)
    add({
      ...at,
      code: 'CURRENT_JSON_SEMVER_MISMATCH',
      json_pointer: '/inputs/*/binary/semantic_version',
      message: `it is of ${version ?? 'no version'}, latest_validated.txt names ${latestValidated}`,
      field: 'semantic_version',
    });
}
