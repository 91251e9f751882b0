import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';

/** Where the programs of a test write down that they ran. */
export interface RunLog {
  /** The lines so far, oldest first. */
  lines(): readonly string[];
}

/** What the pipe holds now; EAGAIN says that it is empty. */
function drained(fd: number): string {
  const chunk = Buffer.alloc(65_536);
  let text = '';
  for (;;) {
    try {
      const size = readSync(fd, chunk);
      if (size === 0) return text;
      text += chunk.toString('utf8', 0, size);
    } catch {
      return text;
    }
  }
}

/** Lets go of the pipe when nobody can ask any more. */
const closing = new FinalizationRegistry<number>((fd) => closeSync(fd));

/**
 * A named pipe that is read when asked: an isolated program sees a read-only file system, through which a pipe can be written all the same. Holds
 * 64 kB between two questions; a program must open it for reading and writing (`1<>`), which never waits. POSIX hosts only.
 */
export function openRunLog(path: string): RunLog {
  execFileSync('/bin/sh', ['-c', 'mkfifo -m 666 "$0"', path]);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  let text = '';
  const log: RunLog = {
    lines: () => {
      text += drained(fd);
      return text.split('\n').slice(0, -1);
    },
  };
  closing.register(log, fd);
  return log;
}
