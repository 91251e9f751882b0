import { describe, expect, it } from '@jest/globals';
import { HOSTILE_TEXTS } from './hostile-text.js';
import { loadDialect } from './load-dialect.js';

const SIZE = 20_000;

describe('the hostile texts', () => {
  it.each(HOSTILE_TEXTS.map(({ name, make }) => [name, make] as const))('%s: about as long as asked for', (_, make) => {
    expect(make(SIZE).length).toBeGreaterThanOrEqual(SIZE);
    expect(make(SIZE).length).toBeLessThan(1.05 * SIZE);
    expect(make(SIZE)).toBe(make(SIZE));
  });

  it.each([
    ['flags without end', 'flags'],
    ['arguments without end', 'args'],
    ['commands without end', 'commands'],
    ['usages without end', 'usage'],
  ] as const)('%s: is read, not skipped', async (name, field) => {
    const dialect = await loadDialect('clap');
    const text = HOSTILE_TEXTS.find((hostile) => hostile.name === name)?.make(SIZE) ?? '';
    expect(dialect.parse({ text })[field].length).toBeGreaterThan(50);
  });
});
