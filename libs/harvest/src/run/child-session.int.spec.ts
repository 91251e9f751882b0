import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { startSession } from './child-session.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliparity-session-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it('takes in what was printed before it gives up waiting, however late it is', async () => {
  const printed = join(folder, 'printed');
  const late = `: > '${printed}.apart'; sleep 0.1; echo late; : > '${printed}'`;
  // Ends when what it leaves behind is in no danger of being killed with its group.
  const script = `setsid sh -c "${late}" & until [ -e '${printed}.apart' ]; do sleep 0.01; done`;
  const busy = new Int32Array(new SharedArrayBuffer(4));
  const kill = process.kill.bind(process);
  // The group is killed when the child has ended. Our thread then does other things until the line is there and the wait is over: a busy machine.
  jest.spyOn(process, 'kill').mockImplementation((pid, signal) => {
    process.nextTick(() => {
      while (!existsSync(printed)) Atomics.wait(busy, 0, 0, 20);
      Atomics.wait(busy, 0, 0, 500);
    });
    return kill(pid, signal);
  });
  const lines: string[] = [];
  const { ended } = startSession({
    file: '/bin/sh',
    argv: ['-c', script],
    cwd: folder,
    env: { PATH: '/usr/bin:/bin' },
    timeoutMs: 60_000,
    maxBytes: 1000,
    signal: new AbortController().signal,
    onLine: (line) => lines.push(line),
    keepStdin: false,
  });
  expect(await ended).toMatchObject({ code: 0 });
  expect(lines).toEqual(['late']);
});
