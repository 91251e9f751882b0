import { compareBytes } from '@cliparity/model';
import { canonicalName, SUBTYPES, type CanonicalEvent } from './canonical-event.js';
import { addValue, alwaysThere, emptyShape, kindsOf, type Shape } from './shape.js';

type Json = Readonly<Record<string, unknown>>;

/** Shapes by the events' names. */
export type EventShapes = ReadonlyMap<string, Shape>;

/** Gathers what was seen of each event. */
export function shapesOf(events: Iterable<CanonicalEvent>): EventShapes {
  const shapes = new Map<string, Shape>();
  for (const { name, value } of events) {
    const shape = shapes.get(name) ?? emptyShape();
    shapes.set(name, shape);
    addValue(shape, value);
    if (typeof value['type'] === 'string') (shape.spellings ??= new Set()).add(value['type']);
  }
  return shapes;
}

const sorted = (keys: Iterable<string>): readonly string[] => [...keys].sort(compareBytes);

function schemaOf(shape: Shape): Json {
  const kinds = kindsOf(shape);
  const required = sorted(shape.keys.keys()).filter((key) => alwaysThere(shape, key));
  return {
    ...(kinds.length > 0 && { type: kinds.length === 1 ? kinds[0] : kinds }),
    ...(shape.keys.size > 0 && {
      properties: Object.fromEntries(
        sorted(shape.keys.keys()).map((key) => [key, schemaOf(shape.keys.get(key) as Shape)]),
      ),
    }),
    ...(required.length > 0 && { required }),
    ...(shape.values !== undefined && { additionalProperties: schemaOf(shape.values) }),
    ...(shape.items !== undefined && shape.items.count > 0 && { items: schemaOf(shape.items) }),
  };
}

/** Whether texts were seen at a path of keys. */
const hasTexts = (shape: Shape, path: string): boolean =>
  path
    .split('.')
    .reduce<Shape | undefined>((at, key) => at?.keys.get(key), shape)
    ?.kinds.has('string') === true;

/** What an event's own fields say its name is: constants that tell it from the others. An event without a type has none. */
function constants(name: string, shape: Shape): Json {
  const [first, ...others] = sorted(shape.spellings ?? []);
  if (first === undefined) return {};
  const type = others.length === 0 ? { const: first } : { enum: [first, ...others] };
  const kind = name.slice(canonicalName(first).length + 1);
  const path = SUBTYPES.find((one) => hasTexts(shape, one));
  if (kind === '' || path === undefined) return { type };
  const [outer = '', inner] = path.split('.');
  const said = { const: kind };
  return { type, [outer]: inner === undefined ? said : { properties: { [inner]: said } } };
}

/** A key as a part of a JSON pointer in a URI’s fragment. */
const inFragment = (key: string): string =>
  encodeURI(key.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('#', '%23');

/** What the schema is of. */
export interface SchemaTitle {
  readonly cli: string;
  readonly version: string;
  readonly transport: 'exec' | 'rpc';
}

/**
 * A JSON Schema (draft 2020-12) of all events of one version and transport, inferred from what was recorded: each event under `$defs` by its canonical
 * name. Fields that were not seen are allowed: upstreams add fields without saying so.
 */
export function eventSchema(shapes: EventShapes, { cli, version, transport }: SchemaTitle): Json {
  const names = sorted(shapes.keys());
  const defs = names.map((name) => {
    const shape = shapes.get(name) as Shape;
    const schema = schemaOf(shape);
    return [
      name,
      transport === 'exec' ? { ...schema, allOf: [{ properties: constants(name, shape) }] } : schema,
    ] as const;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${cli} ${version}: ${transport === 'exec' ? 'events of exec' : 'messages of the server'}`,
    description: 'Inferred from recorded streams by cliparity harvest; do not edit.',
    ...(transport === 'exec' && { anyOf: names.map((name) => ({ $ref: `#/$defs/${inFragment(name)}` })) }),
    $defs: Object.fromEntries(defs),
  };
}
