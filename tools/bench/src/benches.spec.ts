import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { BENCHES } from './benches.js';

describe('the list of benchmarks', () => {
  it('has every file *.bench.ts, under its name', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.bench.ts'));
    const names = BENCHES.map(({ name }) => `${name}.bench.ts`);
    expect([...names].sort()).toEqual(files.sort());
  });
});
