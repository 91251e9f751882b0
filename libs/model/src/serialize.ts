import type { TSchema } from '@sinclair/typebox';

interface AnySchema {
  readonly properties?: Record<string, AnySchema>;
  readonly items?: AnySchema;
  readonly patternProperties?: Record<string, AnySchema>;
}

function ordered(schema: AnySchema | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(schema?.items, item));
  if (value === null || typeof value !== 'object') return value;
  const record = value as Record<string, unknown>;
  const known = Object.keys(schema?.properties ?? {});
  const rest = Object.keys(record)
    .filter((key) => !known.includes(key))
    .sort((a, b) => (a < b ? -1 : 1));
  const valueSchema = Object.values(schema?.patternProperties ?? {})[0];
  const entries = [...known, ...rest]
    .filter((key) => record[key] !== undefined)
    .map((key) => [key, ordered(schema?.properties?.[key] ?? valueSchema, record[key])] as const);
  return Object.fromEntries(entries);
}

/**
 * The bytes of a file of ours: two-space JSON, keys in the schema's order (map keys in byte order), absent means omitted, one trailing newline.
 * @param schema the TypeBox schema of the whole file
 */
export function serialize(schema: TSchema, value: unknown): string {
  return `${JSON.stringify(ordered(schema as AnySchema, value), null, 2)}\n`;
}
