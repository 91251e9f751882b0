import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { sha256 } from '@cliparity/model';
import { errorCode } from '../error-code.js';

/** Who made a lock or a temporary folder: `<host>-<pid>-<token>-<random>`. The token tells a process from a later one with its pid. */
export type OwnerId = string;

const short = (text: string): string => sha256(text).slice(0, 8);

/** What makes process numbers comparable: containers may share a host's name, and a boot begins to count anew. Linux; '' elsewhere. */
function spaceOfPids(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

/**
 * The token of a living process: of the moment it began. `gone` for one that nobody has collected yet; undefined where /proc does not say.
 * Source: proc(5), `stat`: state is the third field, starttime the twenty-second.
 */
export function tokenOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? 'gone' : short(fields[18] ?? '');
  } catch {
    return undefined;
  }
}

const host = short(`${hostname()} ${spaceOfPids()}`);

/** An owner of this host. */
export const ownerOf = (pid: number, token: string): OwnerId => `${host}-${String(pid)}-${token}`;

const SELF: OwnerId = ownerOf(process.pid, tokenOf(process.pid) ?? randomBytes(4).toString('hex'));

/** An owner's name of this process that nobody has had before. */
export const newOwner = (): OwnerId => `${SELF}-${randomBytes(4).toString('hex')}`;

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
  const [, home, pid, token] = /^([0-9a-f]{8})-(\d+)-([0-9a-f]{8})/.exec(owner) ?? [];
  if (home !== host) return silentMs > patienceMs;
  const now = tokenOf(Number(pid));
  if (now !== undefined) return now !== token;
  // Our own pid with another token: a process that died, whose number we have now.
  return Number(pid) === process.pid || !alive(Number(pid));
}
