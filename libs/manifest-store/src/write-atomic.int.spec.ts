import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tempFolder } from './temp-folder.fixture.js';
import { sweepTemps, writeAtomic } from './write-atomic.js';

/** The id of a process that has just ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('writeAtomic', () => {
  it('makes the folders and leaves the file alone in them', async () => {
    const folder = join(await tempFolder(), 'a', 'b');
    await writeAtomic(join(folder, 'f.json'), 'one');
    await writeAtomic(join(folder, 'f.json'), Buffer.from('two'));
    expect(await readFile(join(folder, 'f.json'), 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['f.json']);
  });
  it('leaves the old file and no temporary one when it cannot write', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'f.json'));
    await writeFile(join(folder, 'f.json', 'inside'), 'x');
    await expect(writeAtomic(join(folder, 'f.json'), 'new')).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      exitCode: 3,
      where: join(folder, 'f.json'),
    });
    expect(await readdir(folder)).toEqual(['f.json']);
  });
  it('clears what killed runs left, and nothing of the living', async () => {
    const folder = await tempFolder();
    const dead = `.f.json.${String(await deadPid())}-1.cliparity-tmp`;
    const alive = `.f.json.${String(process.pid)}-999999.cliparity-tmp`;
    for (const name of [dead, alive, '.f.json.cliparity-tmp', 'f.json.bak']) await writeFile(join(folder, name), '');
    await writeAtomic(join(folder, 'g.json'), '');
    expect((await readdir(folder)).sort()).toEqual(['.f.json.cliparity-tmp', alive, 'f.json.bak', 'g.json'].sort());
    expect(await sweepTemps(folder)).toBe(0);
  });
  it('lets many writers of one file leave one whole content', async () => {
    const folder = await tempFolder();
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
    await Promise.all(contents.map((content) => writeAtomic(join(folder, 'f'), content)));
    expect(contents).toContain(await readFile(join(folder, 'f'), 'utf8'));
    expect(await readdir(folder)).toEqual(['f']);
  });
});
