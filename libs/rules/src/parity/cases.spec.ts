import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { changed, type Change } from '../engine/testing/change.js';
import { memoryView } from '../engine/memory-view.js';
import { minimalRoot } from './testing/minimal-root.js';
import { validateParity } from './validate-parity.js';

/** `cases/<CODE>/<name>.json`: a bad root, what is found in it (of the folder’s code unless it says another), and a good one beside it. */
interface Case {
  readonly bad: Change;
  readonly finds: readonly { readonly code?: string; readonly path: string; readonly json_pointer?: string }[];
  readonly good?: Change;
}
const folder = new URL('cases/', import.meta.url);
const read = (code: string, file: string): Case =>
  JSON.parse(readFileSync(new URL(`${code}/${file}`, folder), 'utf8')) as Case;

async function found(change: Change): Promise<object[]> {
  const violations = await validateParity(memoryView(changed(minimalRoot(), change)));
  return violations.map(({ code, path, json_pointer }) => ({
    code,
    path,
    ...(json_pointer !== undefined && { json_pointer }),
  }));
}

it('finds nothing in the root that the cases start from', async () => {
  expect(await found({})).toEqual([]);
});

describe.each(readdirSync(folder))('%s', (code) => {
  it.each(readdirSync(new URL(`${code}/`, folder)))('%s', async (file) => {
    const { bad, finds, good } = read(code, file);
    expect(await found(bad)).toEqual(finds.map((one) => ({ code, ...one })));
    if (good !== undefined) expect(await found(good)).toEqual([]);
  });
});
