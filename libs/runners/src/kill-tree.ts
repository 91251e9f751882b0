import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

/** The direct children of a process; Linux only, empty elsewhere. */
function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return list.split(' ').map(Number).filter(Boolean);
  } catch {
    return [];
  }
}

/**
 * Kills the first process of the child's own namespace; the kernel takes the rest with it. The process that made the namespace
 * lives on to collect it, so that no zombie is left to a machine whose first process collects none.
 * @returns false when there was nothing to kill that way
 */
export function killNamespace(pid: number): boolean {
  const inside = childrenOf(pid);
  inside.forEach(signal);
  return inside.length > 0;
}

/** Kills a process and everything in its group. */
export function killGroup(pid: number): void {
  if (process.platform === 'win32') {
    try {
      execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    } catch {
      signal(pid);
    }
    return;
  }
  signal(-pid);
}
