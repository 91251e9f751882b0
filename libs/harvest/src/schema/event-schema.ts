import { compareBytes } from '@cliparity/model';
import { SUBTYPES, type CanonicalEvent } from './canonical-event.js';
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

/** What an event's own fields say its name is: constants that tell it from the others. */
function constants(name: string, shape: Shape): Json {
  const [type = '', kind] = name.split(':');
  const path = SUBTYPES.find((one) => shape.keys.has(one.split('.')[0] ?? ''));
  if (kind === undefined || path === undefined) return { type: { const: type } };
  const [outer = '', inner] = path.split('.');
  const said = { const: kind };
  return { type: { const: type }, [outer]: inner === undefined ? said : { properties: { [inner]: said } } };
}

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
    ...(transport === 'exec' && { anyOf: names.map((name) => ({ $ref: `#/$defs/${name}` })) }),
    $defs: Object.fromEntries(defs),
  };
}
