import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Dialect } from '@cliparity/plugin-api';
import clap from './clap/index.js';
import { dialectsPlugin } from './index.js';

const cases = fileURLToPath(new URL('../cases', import.meta.url));
const pages = (dialect: string): [string, string][] =>
  readdirSync(join(cases, dialect)).map((name) => [name, readFileSync(join(cases, dialect, name, 'page.txt'), 'utf8')]);

describe('dialectsPlugin', () => {
  for (const contribution of dialectsPlugin.contributions) {
    it(`loads ${contribution.id}, which is what it says`, async () => {
      const { default: loaded } = await contribution.load();
      const dialect = loaded as Dialect;
      expect([dialect.id, dialect.revision]).toEqual([contribution.id, contribution.revision]);
      const detected = dialect.detect({ text: '' });
      expect(detected >= 0 && detected <= 1).toBe(true);
    });
  }
});

describe('detectClap', () => {
  for (const [name, text] of pages('clap')) {
    it(`${name}: ${name === 'empty' ? 'is nobody’s' : 'is clap’s'}`, () => {
      expect(clap.detect({ text }) > 0.1).toBe(name !== 'empty');
    });
  }
  for (const [name, text] of pages('generic')) {
    it(`${name}: is not clap’s`, () => {
      expect(clap.detect({ text })).toBe(0);
    });
  }
});
