import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { RunCommand } from './runner.js';

/** How children are kept apart on this machine: the words put before their command line, and what they give. */
export interface Isolation {
  /** Empty where no namespaces can be had. */
  readonly prefix: readonly string[];
  /** A network namespace without any interface up: nothing can be reached, loopback neither. */
  readonly network: boolean;
  /** A process namespace: whatever the child leaves behind dies with it. */
  readonly processes: boolean;
}

/** For `doctor` and receipts. */
export interface IsolationReport {
  readonly network: 'namespace' | 'dead-proxy';
  readonly processes: 'namespace' | 'group';
  /** What is weaker than it could be, one sentence each, with what would help; empty when all is there. */
  readonly weaknesses: readonly string[];
}

/** Isolation without namespaces: fresh folders, an environment from nothing, proxies that refuse, the process group. */
export const NO_NAMESPACES: Isolation = { prefix: [], network: false, processes: false };

const UNSHARE_PLACES = ['/usr/bin/unshare', '/bin/unshare', '/usr/sbin/unshare'];
const PIDS = ['--pid', '--fork', '--kill-child'];

/** Best first. As root no user namespace is needed; elsewhere one of our own gives the right to make the others. */
const CANDIDATES: readonly {
  readonly words: readonly string[];
  readonly network: boolean;
  readonly processes: boolean;
}[] = [
  { words: ['--net', ...PIDS], network: true, processes: true },
  { words: ['--user', '--map-current-user', '--net', ...PIDS], network: true, processes: true },
  { words: ['--user', '--map-root-user', '--net', ...PIDS], network: true, processes: true },
  { words: ['--net'], network: true, processes: false },
  { words: ['--user', '--map-root-user', '--net'], network: true, processes: false },
];

/** Whether a command line ends well. */
export type Works = (command: RunCommand) => Promise<boolean>;

const worksHere: Works = ({ file, args }) =>
  new Promise((resolve) => {
    execFile(file, [...args], { env: { PATH: '/usr/bin:/bin' }, timeout: 5000 }, (error) => resolve(error === null));
  });

const unshareHere = (): string | undefined =>
  process.platform === 'linux' ? UNSHARE_PLACES.find((place) => existsSync(place)) : undefined;

/** Tries what this machine allows, best first. Each try starts `unshare … true` and nothing else. */
export async function probeIsolation(unshare = unshareHere(), works: Works = worksHere): Promise<Isolation> {
  if (unshare === undefined) return NO_NAMESPACES;
  for (const { words, network, processes } of CANDIDATES) {
    const prefix = [unshare, ...words, '--'];
    if (await works({ file: unshare, args: [...words, '--', 'true'] })) return { prefix, network, processes };
  }
  return NO_NAMESPACES;
}

let known: Promise<Isolation> | undefined;

/** `probeIsolation`, asked once per process. */
export function isolationHere(): Promise<Isolation> {
  known ??= probeIsolation();
  return known;
}

/** Says in words what isolation gives. */
export function isolationReport(isolation: Isolation): IsolationReport {
  const weaknesses = [
    ...(isolation.network
      ? []
      : [
          'Children can reach the network unless they honour proxies. Allow namespaces (util-linux `unshare`, user.max_user_namespaces) to close it.',
        ]),
    ...(isolation.processes
      ? []
      : ['A child that leaves its process group survives its page. Allow process namespaces to end it too.']),
  ];
  return {
    network: isolation.network ? 'namespace' : 'dead-proxy',
    processes: isolation.processes ? 'namespace' : 'group',
    weaknesses,
  };
}

/** Puts the namespaces before a command. */
export function isolated(command: RunCommand, isolation: Isolation): RunCommand {
  const [file, ...words] = isolation.prefix;
  return file === undefined ? command : { file, args: [...words, command.file, ...command.args] };
}
