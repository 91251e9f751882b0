import { compareBytes, comparePaths } from '@cliparity/model';
import { listAt, textAt, textsAt, trimmed, valueAt } from '../engine/json-value.js';
import { exclusionKey } from './exclusions.js';
import { checkSchema, readJsonFile, type ParityContext } from './parity-context.js';
import { commandPathText, type ParityViolation } from './violation.js';

export interface ReportNames {
  readonly version: string;
  /** Whether a missing report is a violation. */
  readonly required: boolean;
  readonly names: readonly { readonly name: string; readonly target?: string }[];
}

const WAIVED = 'intentionally_unsupported';
const KINDS = [
  { list: 'missing_commands', index: 'commands', name: undefined },
  { list: 'missing_flags', index: 'flags', name: 'key' },
  { list: 'missing_args', index: 'args', name: 'name' },
] as const;

/** Checks the reports of one version. Source: section 6, check 3. */
export function checkReports(ctx: ParityContext, { version, required, names }: ReportNames): void {
  for (const { name, target } of names) {
    const path = `reports/${version}/coverage.${name}.json`;
    const read = readJsonFile(ctx, path, {
      code: 'REPORT_INVALID_JSON',
      ...(required && { missing: () => missingReport(path, version, target) }),
    });
    if (read === undefined) continue;
    checkSchema(ctx, ctx.schema, { path, value: read.value, code: 'REPORT_SCHEMA_INVALID' });
    const deltas = valueAt(read.value, 'deltas');
    if (deltas === undefined) continue;
    for (const violation of [
      ...excludedInMissing(ctx, deltas),
      ...waivedInMissing(deltas),
      ...waivedViolations(listAt(deltas, WAIVED)),
    ])
      ctx.add({ ...violation, path, unit: 'reports' });
  }
}

type Found = Omit<ParityViolation, 'path' | 'unit'>;

function missingReport(path: string, version: string, target: string | undefined): ParityViolation {
  return {
    code: 'REPORT_MISSING',
    path,
    message: `${version} counts as reported, but ${target === undefined ? 'this report' : `the report of ${target}`} is not there`,
    unit: 'reports',
    field: 'reports',
    ...(target !== undefined && { key_or_name: target, target_triple: target }),
  };
}

/** The words of an entry’s path; undefined when it has none. */
function pathOf(item: unknown): readonly string[] | undefined {
  return Array.isArray(valueAt(item, 'path')) ? textsAt(item, 'path') : undefined;
}

function excludedInMissing({ exclusions }: ParityContext, deltas: unknown): Found[] {
  if (exclusions === undefined) return [];
  return KINDS.flatMap(({ list, index, name: nameKey }) =>
    listAt(deltas, list).flatMap((item, i): Found[] => {
      const path = pathOf(item);
      const name = nameKey === undefined ? '' : textAt(item, nameKey);
      if (path === undefined || name === undefined || !exclusions[index].has(exclusionKey(path, name))) return [];
      const command_path = commandPathText(path);
      return [
        {
          code: 'REPORT_MISSING_INCLUDES_EXCLUDED',
          json_pointer: `/deltas/${list}/${String(i)}`,
          message: `${[command_path, name].filter((part) => part !== '').join(' ')} is excluded and cannot be missing`,
          command_path,
          field: list,
          ...(nameKey !== undefined && { key_or_name: name }),
        },
      ];
    }),
  );
}

const nameOf = (item: unknown): string | undefined => textAt(item, 'key') ?? textAt(item, 'name');

function waivedInMissing(deltas: unknown): Found[] {
  return KINDS.flatMap(({ list }) =>
    listAt(deltas, list).flatMap((item, i): Found[] => {
      if (textAt(item, 'wrapper_level') !== WAIVED) return [];
      const path = pathOf(item);
      const name = nameOf(item);
      return [
        {
          code: 'REPORT_MISSING_INCLUDES_INTENTIONALLY_UNSUPPORTED',
          json_pointer: `/deltas/${list}/${String(i)}`,
          message: `an entry of ${list} is intentionally unsupported, which is not missing`,
          field: list,
          // Here, and only here, the reference joins the words by spaces and gives the root no name.
          ...(path !== undefined && { command_path: path.join(' ') }),
          ...(name !== undefined && { key_or_name: name }),
        },
      ];
    }),
  );
}

type Key = readonly [rank: number, path: readonly string[], name: string];

function compareKeys(a: Key, b: Key): number {
  return a[0] - b[0] || comparePaths(a[1], b[1]) || compareBytes(a[2], b[2]);
}

function waivedViolations(items: readonly unknown[]): Found[] {
  const found: Found[] = [];
  const keys: Key[] = [];
  for (const [i, item] of items.entries()) {
    const path = pathOf(item);
    if (path === undefined) continue;
    const name = nameOf(item) ?? '';
    const place = `/deltas/${WAIVED}/${String(i)}`;
    const at = { command_path: commandPathText(path), ...(name !== '' && { key_or_name: name }) };
    const wrong = (field: string, below: string, message: string): void => {
      found.push({ code: 'REPORT_IU_NOTE_MISSING', json_pointer: `${place}/${below}`, message, field, ...at });
    };
    if (textAt(item, 'wrapper_level') !== WAIVED)
      wrong(WAIVED, 'wrapper_level', `the entry must have the level ${WAIVED}`);
    if (trimmed(textAt(item, 'note') ?? '') === '') wrong('note', 'note', 'the entry needs a note that says why');
    const rank = valueAt(item, 'key') !== undefined ? 1 : valueAt(item, 'name') !== undefined ? 2 : 0;
    keys.push([rank, path, name]);
  }
  if (keys.some((key, i) => i > 0 && compareKeys(keys[i - 1] as Key, key) > 0))
    found.push({
      code: 'REPORT_IU_NOT_SORTED',
      json_pointer: `/deltas/${WAIVED}`,
      message: 'the entries are not in the order of kind, path, key or name',
      field: WAIVED,
    });
  return found;
}
