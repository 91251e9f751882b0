import type { Isolation } from './isolation.js';

/** For `doctor` and receipts. */
export interface IsolationReport {
  readonly network: 'namespace' | 'dead-proxy';
  readonly processes: 'namespace' | 'group';
  /** Whether a child can write anywhere but in its own folders. */
  readonly files: 'read-only' | 'open';
  /** Whether a child can read what only our own process should: its environment, in /proc. */
  readonly secrets: 'apart' | 'same-user';
  /** What is weaker than it could be, one sentence each, with what would help; empty when all is there. */
  readonly weaknesses: readonly string[];
}

const WEAKNESSES = {
  network:
    'Children can reach the network unless they honour proxies. Allow namespaces (util-linux `unshare`, user.max_user_namespaces) to close it.',
  processes: 'A child that leaves its process group survives its page. Allow process namespaces to end it too.',
  files:
    'Children may write wherever you may. Allow mount namespaces (util-linux `unshare`, `nsenter` and `mount`) to make all but their own folders read-only.',
  users:
    'A hostile child can read the environment of this process in /proc and, as root, undo the other walls. Allow user namespaces, or keep credentials away from captures.',
} as const;

/** Says in words what isolation gives. */
export function isolationReport(isolation: Isolation): IsolationReport {
  const lacking = (Object.keys(WEAKNESSES) as (keyof typeof WEAKNESSES)[]).filter((gift) => !isolation[gift]);
  return {
    network: isolation.network ? 'namespace' : 'dead-proxy',
    processes: isolation.processes ? 'namespace' : 'group',
    files: isolation.files ? 'read-only' : 'open',
    secrets: isolation.users ? 'apart' : 'same-user',
    weaknesses: lacking.map((gift) => WEAKNESSES[gift]),
  };
}
