/** The kinds of value JSON knows; whole numbers are told apart. */
export type Kind = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** What was seen at one place of many values. Grows by `addValue`; nothing in it depends on the order of the values but the kinds' order, which is sorted on the way out. */
export interface Shape {
  count: number;
  readonly kinds: Set<Kind>;
  /** Of the objects seen here. */
  readonly keys: Map<string, Shape>;
  objects: number;
  /** Of the arrays seen here, all elements together. */
  items: Shape | undefined;
  /** Of objects whose keys are ids: what stands under any of them. */
  values: Shape | undefined;
  /** Of events: how their type was written. */
  spellings?: Set<string>;
}

export const emptyShape = (): Shape => ({
  count: 0,
  kinds: new Set(),
  keys: new Map(),
  objects: 0,
  items: undefined,
  values: undefined,
});

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as Kind;
}

function addObject(shape: Shape, value: Readonly<Record<string, unknown>>): void {
  shape.objects += 1;
  for (const [key, item] of Object.entries(value)) {
    if (ID.test(key)) {
      shape.values ??= emptyShape();
      addValue(shape.values, item);
      continue;
    }
    const known = shape.keys.get(key) ?? emptyShape();
    shape.keys.set(key, known);
    addValue(known, item);
  }
}

/** Adds what is to be seen of one value. */
export function addValue(shape: Shape, value: unknown): void {
  const kind = kindOf(value);
  shape.count += 1;
  shape.kinds.add(kind);
  if (kind === 'array') {
    shape.items ??= emptyShape();
    for (const item of value as readonly unknown[]) addValue(shape.items, item);
  }
  if (kind === 'object') addObject(shape, value as Readonly<Record<string, unknown>>);
}

/** The kinds for people and schemas, in one order; a whole number among other numbers is just a number. */
export function kindsOf({ kinds }: Shape): readonly Kind[] {
  const found = kinds.has('number') ? [...kinds].filter((kind) => kind !== 'integer') : [...kinds];
  return found.sort((a, b) => (a < b ? -1 : 1));
}

/** Whether every object seen had this key. */
export const alwaysThere = (shape: Shape, key: string): boolean => shape.keys.get(key)?.count === shape.objects;
