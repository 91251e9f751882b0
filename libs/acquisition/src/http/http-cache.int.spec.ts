import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { useTmpDirs } from '../testing/tmp-dir.js';
import { openHttpCache } from './http-cache.js';

const tmpDir = useTmpDirs();
const answer = { etag: '"x"', at: 5, value: { a: 1 } };

describe('the cache of answers', () => {
  it('keeps what was put, for the user alone', async () => {
    const folder = join(await tmpDir(), 'http-cache');
    const cache = openHttpCache(folder);
    expect(await cache.get('k')).toBeUndefined();
    await cache.put('k', answer);
    expect(await openHttpCache(folder).get('k')).toEqual(answer);
    expect(await cache.get('other')).toBeUndefined();
    const [name = ''] = await readdir(folder);
    expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
    expect(name).not.toContain('k.json');
  });
  it.each(['', '{', '{"version":2}', '[]', 'null'])('takes %j on disk for nothing', async (text) => {
    const folder = join(await tmpDir(), 'c');
    const cache = openHttpCache(folder);
    await cache.put('k', answer);
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), text);
    expect(await cache.get('k')).toBeUndefined();
  });
  it('that cannot be written is no error', async () => {
    const file = join(await tmpDir(), 'file');
    await writeFile(file, '');
    await openHttpCache(join(file, 'below')).put('k', answer);
    expect(await openHttpCache(join(file, 'below')).get('k')).toBeUndefined();
  });
});
