import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from '@jest/globals';
import type { TSchema } from '@sinclair/typebox';
import { compareBytes, compareFlags, compareKeyedFlags, comparePaths } from './order.js';
import { SnapshotSchema, SurfaceFileSchema, UnionSchema } from './schema/snapshot.js';
import { PageSurfaceSchema, type Command, type UnionCommand } from './schema/surface.js';
import { serialize } from './serialize.js';

const folder = new URL('../examples/', import.meta.url);
const names = (sub = ''): string[] =>
  readdirSync(new URL(sub, folder))
    .filter((name) => name.endsWith('.json'))
    .sort();
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** The one schema of the three that a file claims to follow. */
function schemaOf(json: unknown): TSchema {
  const { snapshot_schema_version, mode } = json as Record<string, unknown>;
  if (snapshot_schema_version === undefined) return PageSurfaceSchema;
  return mode === 'union' ? UnionSchema : SnapshotSchema;
}
const ajv = new Ajv2020({ strict: false, allErrors: true });
const any = ajv.compile(SurfaceFileSchema);

/** Instance path and keyword of each mistake, under the schema the file claims. */
function mistakes(json: unknown): string[] {
  const check = ajv.compile(schemaOf(json));
  return check(json) ? [] : (check.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`);
}

describe('the examples of version 3', () => {
  it('are thirty, numbered', () => {
    expect(names().map((name) => name.slice(0, 2))).toEqual(
      Array.from({ length: 30 }, (_, i) => String(i + 1).padStart(2, '0')),
    );
  });
  it.each(names())('%s is accepted', (name) => {
    expect(mistakes(read(name))).toEqual([]);
    expect(any(read(name))).toBe(true);
  });
  it.each(names())('%s has its keys in the order in which they are written', (name) => {
    const json = read(name);
    expect(serialize(schemaOf(json), json)).toBe(`${JSON.stringify(json, null, 2)}\n`);
  });
  it.each(names())('%s has its units in canonical order and its keys derived from the spellings', (name) => {
    const { commands, mode } = read(name) as { commands: (Command | UnionCommand)[]; mode?: string };
    if (schemaOf(read(name)) === PageSurfaceSchema) return;
    expect([...commands].sort((a, b) => comparePaths(a.path, b.path))).toEqual(commands);
    for (const { flags = [], args = [] } of commands) {
      expect([...flags].sort(mode === 'union' ? compareKeyedFlags : compareFlags)).toEqual(flags);
      expect([...args].sort((a, b) => compareBytes(a.name, b.name))).toEqual(args);
      for (const flag of flags) expect(flag.key).toBe(flag.long ?? flag.short);
    }
  });
  it('show every field that the schema has', () => {
    const text = names()
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    const fields = (schema: unknown): string[] => {
      if (schema === null || typeof schema !== 'object') return [];
      const { properties = {}, items, anyOf } = schema as { properties?: object; items?: unknown; anyOf?: unknown[] };
      return [...Object.keys(properties), ...[...Object.values(properties), items, ...(anyOf ?? [])].flatMap(fields)];
    };
    const shown = (field: string): boolean => text.includes(`"${field}":`);
    expect([...new Set(fields(SurfaceFileSchema))].filter((field) => !shown(field))).toEqual(['probe_error']);
  });
});

const REFUSED: Readonly<Record<string, string>> = {
  '01-unknown-key-in-a-flag': '/commands/0/flags/0 additionalProperties',
  '02-flag-key-without-dashes': '/commands/0/flags/0/key pattern',
  '03-flag-without-takes-value': '/commands/0/flags/0 required',
  '04-short-of-two-letters': '/commands/0/flags/0/short pattern',
  '05-value-arity-of-another-word': '/commands/0/flags/0/value_arity enum',
  '06-absent-as-null': '/commands/0/about type',
  '07-usage-as-one-string': '/commands/0/usage type',
  '08-path-as-a-string': '/commands/0/path type',
  '09-empty-word-in-a-path': '/commands/0/path/1 minLength',
  '10-no-commands': '/commands minItems',
  '11-digest-in-capitals': '/binary/sha256 pattern',
  '12-target-that-leaves-its-folder': '/binary/target_triple pattern',
  '13-version-with-a-leading-v': '/binary/semantic_version pattern',
  '14-time-without-zone': '/collected_at pattern',
  '15-host-in-the-provenance': '/provenance additionalProperties',
  '16-unit-of-a-union-without-availability': '/commands/0/flags/0 required',
  '17-availability-that-is-empty': '/commands/1/available_on minItems',
  '18-availability-with-a-repeat': '/commands/1/available_on uniqueItems',
  '19-page-without-flags': ' required',
};

describe('the examples that version 3 refuses', () => {
  it('are those that say why', () => {
    expect(names('invalid/')).toEqual(Object.keys(REFUSED).map((name) => `${name}.json`));
  });
  it.each(Object.entries(REFUSED))('%s, at %s and nowhere else', (name, mistake) => {
    const json = read(`invalid/${name}.json`);
    expect(mistakes(json)).toEqual([mistake]);
    expect(any(json)).toBe(false);
  });
});
