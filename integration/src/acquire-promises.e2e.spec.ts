import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(180_000);

const HOUSE = resolve(fileURLToPath(import.meta.url), '../../..');
const page = readFileSync(join(HOUSE, 'docs/security.md'), 'utf8');
const rows = [...page.matchAll(/^\| (.+) \| `([^`]+\.spec\.ts)` › (.+) \|$/gm)].map((match) =>
  match.slice(1).map((cell) => cell.trim()),
);

describe('docs/security.md', () => {
  it('names a test for every promise', () => {
    const section = page.slice(page.indexOf('## Promises'), page.indexOf('## Not promised'));
    const promises = section.split('\n').filter((line) => line.startsWith('| ') && !/^\| (promise|-)/.test(line));
    expect(rows).toHaveLength(promises.length);
    expect(rows.length).toBeGreaterThan(20);
  });
  it.each(rows)('promises: %s', (_, file = '', title = '') => {
    expect(existsSync(join(HOUSE, file))).toBe(true);
    const text = readFileSync(join(HOUSE, file), 'utf8');
    expect(text).toContain(title);
  });
});
