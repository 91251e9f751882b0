import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '@cliparity/manifest-store';

/** Private folders of children and sessions: whose they are stands in their names. */
const OWNED = /^(?:run|bin)-0*(\d+)-/;

/** Removes the private folders that killed runs left behind; those of living processes stay, and what another user does not let us remove. */
export async function sweepScratch(base: string): Promise<void> {
  const names = await readdir(base).catch(() => []);
  const dead = names.filter((name) => {
    const owner = OWNED.exec(name)?.[1];
    return owner !== undefined && !isAlive(Number(owner));
  });
  await Promise.allSettled(dead.map((name) => rm(join(base, name), { recursive: true, force: true })));
}
