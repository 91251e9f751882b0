import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Result } from '@cliparity/model';
import type { RenderOptions } from '@cliparity/plugin-api';
import json from './json/index.js';
import markdown from './markdown/index.js';
import pretty from './pretty/index.js';

/** `UPDATE_CASES=1` writes what is rendered; the difference is then reviewed. */
const update = process.env['UPDATE_CASES'] === '1';
const folder = fileURLToPath(new URL('../cases/', import.meta.url));

const RENDERINGS = [
  ['json.txt', json, { color: false }],
  ['markdown.md', markdown, { color: false }],
  ['pretty.txt', pretty, { color: false }],
  ['pretty-40.txt', pretty, { color: false, width: 40 }],
  ['pretty-color.txt', pretty, { color: true, width: 100 }],
] as const;

/** Escapes made visible, so that a golden file can be read and does nothing to a terminal. */
const visible = (text: string) => text.replaceAll(String.fromCharCode(0x1b), '␛');

describe.each(readdirSync(folder))('%s', (name) => {
  const read = (file: string) => readFileSync(join(folder, name, file), 'utf8');
  it.each(RENDERINGS)('renders %s', (file, reporter, options: RenderOptions) => {
    const result = JSON.parse(read('result.json')) as Result;
    const text = visible([...reporter.render(result, options)].join(''));
    if (update) writeFileSync(join(folder, name, file), text);
    expect(existsSync(join(folder, name, file))).toBe(true);
    expect(text).toBe(read(file));
  });

  it('has no file that nothing renders', () => {
    expect(readdirSync(join(folder, name)).sort()).toEqual(
      ['result.json', ...RENDERINGS.map(([file]) => file as string)].sort(),
    );
  });
});
