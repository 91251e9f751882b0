import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { newFolder } from './place.js';

/** A file system of its own with little room. */
export interface SmallDisk {
  readonly path: string;
  /** Takes what is free, to the last byte. */
  fill(): void;
  /** Gives it back. */
  clear(): void;
  unmount(): void;
}

/** Mounts one; undefined where that is not allowed (it takes root, and Linux). */
export function mountSmallDisk(bytes: number): SmallDisk | undefined {
  const path = newFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(bytes)}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const filler = `${path}/filler`;
  return {
    path,
    fill: () => {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
    },
    clear: () => rmSync(filler, { force: true }),
    unmount: () => void execFileSync('umount', [path], { stdio: 'ignore' }),
  };
}
