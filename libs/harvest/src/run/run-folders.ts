import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '@cliparity/manifest-store';

/** The folders of one run, all below `root`. */
export interface RunFolders {
  readonly root: string;
  readonly home: string;
  readonly cwd: string;
  readonly tmp: string;
}

const NAME = /^run-(\d+)-[0-9a-f]{12}$/;

/** Deletes what runs of killed processes left. */
async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const owner = NAME.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await rm(join(base, name), { recursive: true, force: true });
  }
}

/**
 * Makes fresh folders for a run below `scratch`, and clears what killed processes left there. Another user may go through `scratch`, whatever our umask,
 * to the folders that are given to them; nobody else can look into those.
 */
export async function makeRunFolders(scratch: string): Promise<RunFolders> {
  await mkdir(scratch, { recursive: true });
  await chmod(scratch, 0o711);
  const base = await realpath(scratch);
  await sweep(base);
  const root = join(base, `run-${String(process.pid)}-${randomBytes(6).toString('hex')}`);
  const folders = { root, home: join(root, 'home'), cwd: join(root, 'work'), tmp: join(root, 'tmp') };
  for (const folder of Object.values(folders)) await mkdir(folder, { mode: 0o700 });
  return folders;
}
