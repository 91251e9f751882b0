import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeFakeCli } from './fake-cli.js';

const run = promisify(execFile);

describe('makeFakeCli', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fake-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('answers with its pages however help is asked for, and keeps a log of it', async () => {
    const cli = await makeFakeCli(folder, { name: 'tool', pages: { '': 'root\n', 'a b': 'page of a b\n' } });
    expect((await run(cli.path, ['--help'])).stdout).toBe('root\n');
    expect((await run(cli.path, ['a', 'b', '--help'])).stdout).toBe('page of a b\n');
    expect((await run(cli.path, ['help', 'a', 'b'])).stdout).toBe('page of a b\n');
    expect((await run(cli.path, ['--version'])).stdout).toBe('tool 1.0.0\n');
    expect(await cli.runs()).toEqual(['--help', 'a b --help', 'help a b', '--version']);
  });

  it('writes bytes as given, escapes, quotes and NULs too', async () => {
    const bytes = Buffer.from("\u001b[1mUs'age:\u001b[0m\u0000 $HOME `x` \\n\xff", 'latin1');
    const cli = await makeFakeCli(folder, { pages: { '': { stdout: bytes } } });
    const { stdout } = await run(cli.path, ['--help'], { encoding: 'buffer' });
    expect(stdout).toEqual(bytes);
  });

  it('exits and complains as told', async () => {
    const cli = await makeFakeCli(folder, { pages: { '': '', bad: { stderr: 'no\n', exit: 127 } } });
    await expect(run(cli.path, ['bad', '--help'])).rejects.toMatchObject({ code: 127, stderr: 'no\n' });
    await expect(run(cli.path, ['what'])).rejects.toMatchObject({ code: 2 });
    expect((await run(cli.path, ['--help'])).stdout).toBe('');
  });

  it('prints a number of bytes, dies by a signal, falls back to the root page', async () => {
    const cli = await makeFakeCli(folder, {
      pages: {
        '': 'root\n',
        big: { behaviour: { kind: 'bytes', count: 5000 } },
        ill: { behaviour: { kind: 'die', signal: 'SEGV' } },
      },
      unknown: 'root-page',
    });
    expect((await run(cli.path, ['big', '--help'])).stdout).toHaveLength(5000);
    await expect(run(cli.path, ['ill', '--help'])).rejects.toMatchObject({ signal: 'SIGSEGV' });
    expect((await run(cli.path, ['anything', '--help'])).stdout).toBe('root\n');
  });
});
