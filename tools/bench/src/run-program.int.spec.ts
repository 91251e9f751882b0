import { describe, expect, it } from '@jest/globals';
import { mustRun, runProgram } from './run-program.js';

const node = (code: string): readonly string[] => [process.execPath, '-e', code];
const options = { cwd: process.cwd(), env: { BENCH_WORD: 'word' } };

describe('running a program', () => {
  it('gives its exit code and both streams', async () => {
    const code = 'console.log(process.env.BENCH_WORD); console.error("e"); process.exit(3)';
    expect(await runProgram(node(code), options)).toEqual({ code: 3, stdout: 'word\n', stderr: 'e\n' });
  });

  it('fails with what it said when it must end well', async () => {
    await expect(mustRun(node('console.error("why"); process.exit(3)'), options)).rejects.toThrow(/ended with 3: why$/);
    await expect(mustRun(['no-such-program-here'], options)).rejects.toThrow(/ENOENT/);
  });
});
