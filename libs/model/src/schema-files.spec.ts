import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from '@jest/globals';
import { format } from 'prettier';
import { schemaFiles } from './schema-files.js';

const folder = new URL('../schemas/', import.meta.url);
const files = [...schemaFiles()];

describe('schemaFiles', () => {
  it.each(files)('has %s committed as it is generated (UPDATE_SCHEMAS=1 writes it)', async (name, schema) => {
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
    const file = new URL(name, folder);
    if (process.env['UPDATE_SCHEMAS'] === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
  it('has no other file committed', () => {
    expect(readdirSync(folder).sort()).toEqual(files.map(([name]) => name).sort());
  });
  it.each(files)('makes %s a schema that compiles under its own address', (name, schema) => {
    expect(() => new Ajv2020({ strict: false }).compile(schema)).not.toThrow();
    expect(schema).toMatchObject({ $id: `https://cliparity.dev/schema/${name.replace('.schema', '')}` });
  });
});
