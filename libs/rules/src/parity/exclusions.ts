import { compareBytes, comparePaths } from '@cliparity/model';
import { trimmed } from '../engine/json-value.js';
import type { ExclusionV1, ParityRules } from './parity-rules.js';
import type { ParityContext } from './parity-context.js';
import { commandPathText, type ParityViolation } from './violation.js';

/** Exclusions by unit; keys are JSON of path and key or name. */
export interface ExclusionIndex {
  readonly commands: ReadonlyMap<string, ExclusionV1>;
  readonly flags: ReadonlyMap<string, ExclusionV1>;
  readonly args: ReadonlyMap<string, ExclusionV1>;
}

/** The index key of a unit. */
export function exclusionKey(path: readonly string[], name = ''): string {
  return JSON.stringify([path, name]);
}

/** Undefined when the rules exclude nothing or state a version that is not known. */
export function exclusionIndex({ parity_exclusions: exclusions }: ParityRules): ExclusionIndex | undefined {
  if (exclusions?.schema_version !== 1) return undefined;
  const of = (unit: string, nameOf: (entry: ExclusionV1) => string | null | undefined) =>
    new Map(
      exclusions.units.flatMap((entry) => {
        const name = nameOf(entry);
        return entry.unit === unit && typeof name === 'string'
          ? [[exclusionKey(entry.path, name), entry] as const]
          : [];
      }),
    );
  return {
    commands: of('command', () => ''),
    flags: of('flag', ({ key }) => key),
    args: of('arg', ({ name }) => name),
  };
}

const RULES = 'RULES.json';
const UNITS = '/parity_exclusions/units';

type Identity = readonly [kind: string, path: readonly string[], name: string];

/** Checks the list of exclusions itself. Source: section 6, check 0. */
export function checkExclusions({ rules, add }: ParityContext): void {
  const { parity_exclusions: exclusions } = rules;
  if (exclusions === undefined || exclusions === null) return;
  const report = (violation: Omit<ParityViolation, 'path' | 'unit' | 'field'>): void =>
    add({ ...violation, path: RULES, unit: 'rules', field: 'parity_exclusions' });
  if (exclusions.schema_version !== 1) {
    const message = `the exclusions are of version ${String(exclusions.schema_version)}; only 1 is known`;
    report({
      code: 'PARITY_EXCLUSIONS_SCHEMA_VERSION',
      json_pointer: '/parity_exclusions/schema_version',
      message,
    });
    return;
  }
  const identities: Identity[] = [];
  const seen = new Set<string>();
  for (const [i, entry] of exclusions.units.entries()) {
    for (const violation of entryViolations(entry, `${UNITS}/${String(i)}`)) report(violation);
    const identity = identityOf(entry);
    if (identity === undefined) continue;
    if (seen.has(JSON.stringify(identity))) report(duplicate(identity));
    seen.add(JSON.stringify(identity));
    identities.push(identity);
  }
  if (identities.some((identity, i) => i > 0 && compareIdentities(identities[i - 1] as Identity, identity) > 0))
    report({
      code: 'PARITY_EXCLUSIONS_NOT_SORTED',
      json_pointer: UNITS,
      message: 'the exclusions are not in the order of unit, path, key or name',
    });
}

function compareIdentities(a: Identity, b: Identity): number {
  return compareBytes(a[0], b[0]) || comparePaths(a[1], b[1]) || compareBytes(a[2], b[2]);
}

function duplicate([kind, path, name]: Identity): Omit<ParityViolation, 'path'> {
  const command_path = commandPathText(path);
  return {
    code: 'PARITY_EXCLUSIONS_DUPLICATE',
    json_pointer: UNITS,
    message: `the ${kind} ${[command_path, name].filter((part) => part !== '').join(' ')} is excluded twice`,
    command_path,
    key_or_name: name,
  };
}

/** The unit an entry excludes; undefined when the entry does not say. */
function identityOf({ unit, path, key, name }: ExclusionV1): Identity | undefined {
  if (unit === 'command') return [unit, path, ''];
  const named = unit === 'flag' ? key : unit === 'arg' ? name : undefined;
  return typeof named === 'string' && trimmed(named) !== '' ? [unit, path, named] : undefined;
}

type Found = Omit<ParityViolation, 'path'>;

function entryViolations(entry: ExclusionV1, pointer: string): Found[] {
  const command_path = commandPathText(entry.path);
  const blank: Found = {
    code: 'PARITY_EXCLUSIONS_NOTE_MISSING',
    json_pointer: `${pointer}/note`,
    message: 'an exclusion needs a note that says why',
    command_path,
    key_or_name: entry.key ?? entry.name ?? entry.unit,
  };
  return [...(trimmed(entry.note) === '' ? [blank] : []), ...shapeViolations(entry, pointer)];
}

function shapeViolations({ unit, path, key, name }: ExclusionV1, pointer: string): Found[] {
  const invalid = (at: string, message: string, key_or_name?: string): Found[] => [
    {
      code: 'PARITY_EXCLUSIONS_INVALID_ENTRY',
      json_pointer: `${pointer}${at}`,
      message,
      command_path: commandPathText(path),
      ...(key_or_name !== undefined && { key_or_name }),
    },
  ];
  const isSaid = (text: string | null | undefined): text is string => typeof text === 'string';
  if (unit === 'command')
    return isSaid(key) || isSaid(name) ? invalid('', 'a command is excluded by its path alone') : [];
  if (unit !== 'flag' && unit !== 'arg') return invalid('/unit', `"${unit}" is no unit: command, flag and arg are`);
  const own = unit === 'flag' ? { said: key, as: 'key' } : { said: name, as: 'name' };
  const stray = unit === 'flag' ? { said: name, as: 'name' } : { said: key, as: 'key' };
  if (!isSaid(own.said) || trimmed(own.said) === '')
    return invalid(`/${own.as}`, `a ${unit} is excluded by its ${own.as}`);
  return isSaid(stray.said) ? invalid(`/${stray.as}`, `a ${unit} has no ${stray.as}`, own.said) : [];
}
