import { compareBytes, unitId, type Union } from '@cliparity/model';

/** One unit that is other than before, and what of it. */
export interface ChangedUnit {
  readonly unit: string;
  /** Names of the fields that differ, in byte order. */
  readonly fields: readonly string[];
}
/** The units of two unions compared by identity. Each list in byte order. */
export interface UnitChanges {
  readonly added: readonly string[];
  readonly gone: readonly string[];
  readonly changed: readonly ChangedUnit[];
}

/** Fields that follow from others or from the machines that were asked, and say nothing about the upstream’s surface. */
const NOT_COMPARED: readonly string[] = [
  'path',
  'key',
  'args',
  'flags',
  'conflicts',
  'help_sha256',
  'sources',
  'available_on',
  'platforms',
  'unexplained',
];

type Fields = ReadonlyMap<string, string>;

const fieldsOf = (unit: object): Fields =>
  new Map(
    Object.entries(unit)
      .filter(([name]) => !NOT_COMPARED.includes(name))
      .map(([name, value]) => [name, JSON.stringify(value)]),
  );

function unitsOf({ commands }: Union): ReadonlyMap<string, Fields> {
  return new Map(
    commands.flatMap((command): (readonly [string, Fields])[] => {
      const { path, flags = [], args = [] } = command;
      return [
        [unitId({ unit: 'command', path }), fieldsOf(command)],
        ...flags.map((flag) => [unitId({ unit: 'flag', path, key: flag.key }), fieldsOf(flag)] as const),
        ...args.map((arg) => [unitId({ unit: 'arg', path, name: arg.name }), fieldsOf(arg)] as const),
      ];
    }),
  );
}

function differing(before: Fields, after: Fields): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort(compareBytes);
}

/** What is new, gone and changed from one union to another. Pure. */
export function unitChanges(before: Union, after: Union): UnitChanges {
  const [old, fresh] = [unitsOf(before), unitsOf(after)];
  const ids = [...new Set([...old.keys(), ...fresh.keys()])].sort(compareBytes);
  const changed = ids.flatMap((unit) => {
    const [was, is] = [old.get(unit), fresh.get(unit)];
    const fields = was === undefined || is === undefined ? [] : differing(was, is);
    return fields.length === 0 ? [] : [{ unit, fields }];
  });
  return { added: ids.filter((id) => !old.has(id)), gone: ids.filter((id) => !fresh.has(id)), changed };
}
