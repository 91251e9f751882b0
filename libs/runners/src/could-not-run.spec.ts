import { describe, expect, it } from '@jest/globals';
import type { ChildResult } from './child-result.js';
import { couldNotRun, wasCutShort } from './could-not-run.js';

const good: ChildResult = {
  file: '/x/tool',
  exitCode: 0,
  signal: null,
  stdout: 'Usage: tool\n',
  stderr: '',
  truncated: false,
  timedOut: false,
  durationMs: 1,
};

const CASES: readonly (readonly [string, Partial<ChildResult>, string])[] = [
  ['exit 127', { exitCode: 127, stderr: 'sh: no\n' }, 'BINARY_COULD_NOT_RUN'],
  ['exit 126', { exitCode: 126 }, 'BINARY_COULD_NOT_RUN'],
  ['an old glibc', { exitCode: 1, stderr: "tool: version `GLIBC_2.99' not found\n" }, 'BINARY_COULD_NOT_RUN'],
  ['a missing library', { exitCode: 1, stderr: 'x: error while loading shared libraries: y' }, 'BINARY_COULD_NOT_RUN'],
  ['a missing framework', { exitCode: 1, stderr: 'dyld[12]: Library not loaded: @rpath/x' }, 'BINARY_COULD_NOT_RUN'],
  ['ENOENT', { exitCode: null, spawnError: 'ENOENT' }, 'BINARY_COULD_NOT_RUN'],
  ['EACCES', { exitCode: null, spawnError: 'EACCES' }, 'BINARY_NOT_EXECUTABLE'],
  ['ENOEXEC', { exitCode: null, spawnError: 'ENOEXEC' }, 'BINARY_WRONG_ARCHITECTURE'],
  [
    'EACCES behind a namespace',
    { exitCode: 126, stderr: 'unshare: failed to execute /x/tool: Permission denied\n' },
    'BINARY_NOT_EXECUTABLE',
  ],
  [
    'ENOENT behind a namespace',
    { exitCode: 127, stderr: 'unshare: failed to execute /x/tool: No such file or directory\n' },
    'BINARY_COULD_NOT_RUN',
  ],
  ['a signal', { exitCode: null, signal: 'SIGILL' }, 'BINARY_COULD_NOT_RUN'],
  ['a timeout', { exitCode: null, signal: 'SIGKILL', timedOut: true }, 'PAGE_TIMEOUT'],
  ['the cap', { exitCode: null, signal: 'SIGKILL', truncated: true }, 'PAGE_TOO_LARGE'],
];

describe('couldNotRun', () => {
  it.each(CASES)('maps %s', (_name, part, code) => {
    const error = couldNotRun({ ...good, ...part }, 'tool --help');
    expect(error).toMatchObject({ code, where: 'tool --help', exitCode: 3 });
    expect(error?.remedy).toMatch(/\w/);
  });

  it('leaves ends alone that are the program’s own', () => {
    expect(couldNotRun(good, 'x')).toBeUndefined();
    expect(couldNotRun({ ...good, exitCode: 2, stderr: 'error: bad\n' }, 'x')).toBeUndefined();
    expect(couldNotRun({ ...good, stderr: 'error while loading shared libraries' }, 'x')).toBeUndefined();
  });

  it('once a binary has run, an exit code alone is no reason to stop', () => {
    expect(wasCutShort({ ...good, exitCode: 127 }, 'x')).toBeUndefined();
    expect(wasCutShort({ ...good, exitCode: null, timedOut: true }, 'x')).toMatchObject({ code: 'PAGE_TIMEOUT' });
  });
});
