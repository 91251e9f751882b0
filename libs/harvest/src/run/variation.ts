import { chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A user of the system, as a child is started. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** What two runs of a scenario have otherwise on purpose, besides their folders and ports: nothing of it may be in a fixture. */
export interface Variation {
  /** Value of TZ. */
  readonly zone: string;
  readonly user: User | undefined;
}

/** 26 hours apart: neither the hour nor the day is ever the same in both. In POSIX’s notation, which needs no database of zones. */
const ZONES = ['AAA12', 'AAA-14'] as const;
/** Source: `nobody` on Linux. */
const NOBODY: User = { uid: 65534, gid: 65534 };

const EVERYBODY = 0o001;

/** Whether any user may go through all folders to a file and execute it. */
async function openToAll(file: string): Promise<boolean> {
  const { mode } = await stat(file);
  if ((mode & EVERYBODY) === 0) return false;
  return dirname(file) === file ? true : openToAll(dirname(file));
}

/** A second user, where there is one to be had: only root on Linux may be somebody else, and the program must be theirs to run. */
export async function otherUser(paths: readonly string[]): Promise<User | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const open = await Promise.all(paths.map(openToAll));
  return open.every(Boolean) ? NOBODY : undefined;
}

/** The n-th run’s, counted from 0. @param other a second user, if any */
export function variationOf(run: number, other: User | undefined): Variation {
  const second = run % 2 === 1;
  return { zone: ZONES[second ? 1 : 0], user: second ? other : undefined };
}

/** Gives folders and files to a user. */
export async function giveTo(user: User | undefined, paths: readonly string[]): Promise<void> {
  if (user !== undefined) for (const path of paths) await chown(path, user.uid, user.gid);
}
