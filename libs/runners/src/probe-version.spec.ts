import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChildResult } from './child-result.js';
import { checkVersion, probeVersion, versionIn, versionOutput } from './probe-version.js';

const answer = (part: Partial<ChildResult>) => (): Promise<ChildResult> =>
  Promise.resolve({
    file: 'tool',
    exitCode: 0,
    signal: null,
    stdout: '',
    stderr: '',
    truncated: false,
    timedOut: false,
    durationMs: 1,
    ...part,
  });

describe('probeVersion', () => {
  it('reads the first version of stdout', async () => {
    const run = answer({ stdout: 'tool-cli 0.125.0\r\nbuilt with 1.2.3\r\n', stderr: 'WARN 9.9.9\n' });
    expect(await probeVersion(run, '0.125.0')).toEqual({
      version_output: 'tool-cli 0.125.0\nbuilt with 1.2.3',
      version: '0.125.0',
    });
  });
  it('reads stderr when stdout is blank', async () => {
    expect(await probeVersion(answer({ stdout: ' \n', stderr: 'v2.0.0-rc.1\n' }), '2.0.0-rc.1')).toMatchObject({
      version: '2.0.0-rc.1',
    });
  });
  it('asks with the argv it is told to', async () => {
    const asked: (readonly string[])[] = [];
    const run = (argv: readonly string[]): Promise<ChildResult> => {
      asked.push(argv);
      return answer({ stdout: '1.0.0' })();
    };
    await probeVersion(run, '1.0.0', ['version', '--short']);
    await probeVersion(run, '1.0.0');
    expect(asked).toEqual([['version', '--short'], ['--version']]);
  });
  it.each([
    [{ stdout: 'tool 1.0.1' }, 'VERSION_MISMATCH'],
    [{ stdout: 'tool 1.0.0-beta.1' }, 'VERSION_MISMATCH'],
    [{ stdout: 'no version here' }, 'VERSION_MISMATCH'],
    [{ stdout: '1.0.0', exitCode: 1 }, 'VERSION_PROBE_FAILED'],
    [{ stdout: '1.0.0', exitCode: 127 }, 'BINARY_COULD_NOT_RUN'],
    [{ exitCode: null, timedOut: true }, 'PAGE_TIMEOUT'],
  ])('refuses %j with %s', async (part, code) => {
    await expect(probeVersion(answer(part), '1.0.0')).rejects.toMatchObject({ code });
  });
});

describe('version texts', () => {
  it('finds what the reference finds, and stops before a full stop', () => {
    expect(versionIn('tool 1.2.3-alpha.4+build.5 (x)')).toBe('1.2.3-alpha.4+build.5');
    expect(versionIn('This is 1.2.3. Enjoy')).toBe('1.2.3');
    expect(versionIn('tool 1.2')).toBeUndefined();
  });
  it('ignores build metadata that the lock does not name', () => {
    expect(checkVersion('v1.2.3+abc', '1.2.3', 't').version).toBe('1.2.3+abc');
    expect(() => checkVersion('v1.2.3+abc', '1.2.3+def', 't')).toThrow(/1\.2\.3\+abc/);
  });
  it('drops escapes', () => {
    expect(versionOutput({ stdout: '\u001b[32mtool\u001b[0m 1.0.0\n', stderr: '' })).toBe('tool 1.0.0');
  });
  it('answers for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        expect(typeof versionOutput({ stdout: text, stderr: text })).toBe('string'),
      ),
    );
  });
});
