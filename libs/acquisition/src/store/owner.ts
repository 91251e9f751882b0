import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { sha256 } from '@cliparity/model';
import { errorCode } from '../error-code.js';

/** Who made a lock or a temporary folder: `<host>-<pid>-<token>`. The token tells a process from a later one with its pid. */
export type OwnerId = string;

const host = sha256(hostname()).slice(0, 8);
const token = randomBytes(4).toString('hex');

/** This process. */
export const SELF: OwnerId = `${host}-${process.pid}-${token}`;

/** A foreign host's process cannot be asked whether it lives; it is believed to as long as it shows signs this recent. Milliseconds. */
export const FOREIGN_SILENCE_MS = 120_000;

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether an owner is gone. `silentMs`: how long ago its last sign of life was; `patienceMs`: how long a foreign host's may be silent. */
export function isGone(owner: OwnerId, silentMs: number, patienceMs = FOREIGN_SILENCE_MS): boolean {
  if (owner.startsWith(SELF)) return false;
  const parts = /^([0-9a-f]{8})-(\d+)-[0-9a-f]{8}/.exec(owner);
  if (parts === null || parts[1] !== host) return silentMs > patienceMs;
  const pid = Number(parts[2]);
  // Our own pid with another token: a process that died, whose number we have now (usual in containers).
  return pid === process.pid || !alive(pid);
}
