import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { startKeeper, type Keeper } from './keeper.js';
import { writableMounts } from './mounts.js';
import type { RunCommand } from './runner.js';

/** How children are kept apart on this machine: the words put before their command line, and what they give. */
export interface Isolation {
  /** Empty where no namespaces can be had. */
  readonly prefix: readonly string[];
  /** A network namespace without any interface up: nothing can be reached, loopback neither. */
  readonly network: boolean;
  /** A process namespace: whatever the child leaves behind dies with it. */
  readonly processes: boolean;
  /** Every file system is read-only but the child's own folders. */
  readonly files: boolean;
  /** A user namespace of its own: the child can neither read our environment out of /proc nor undo the rest, also when it is root's. */
  readonly users: boolean;
  /** Holds the namespaces; absent where each child makes its own. */
  readonly keeper?: Keeper;
}

/** Isolation without namespaces: fresh folders, an environment from nothing, proxies that refuse, the process group. */
export const NO_NAMESPACES: Isolation = { prefix: [], network: false, processes: false, files: false, users: false };

const PLACES = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
const PIDS = ['--pid', '--fork', '--kill-child'];
/** A busy machine must not be taken for one that allows less. */
const PROBE_MS = 30_000;

/** Where every child makes its own namespaces. Best first: a user namespace also closes /proc; without it root alone may make the others. */
const CANDIDATES: readonly (Pick<Isolation, 'network' | 'processes' | 'users'> & {
  readonly words: readonly string[];
})[] = [
  { words: ['--user', '--map-current-user', '--net', ...PIDS], network: true, processes: true, users: true },
  { words: ['--user', '--map-root-user', '--net', ...PIDS], network: true, processes: true, users: true },
  { words: ['--net', ...PIDS], network: true, processes: true, users: false },
  { words: ['--user', '--map-root-user', '--net'], network: true, processes: false, users: true },
  { words: ['--net'], network: true, processes: false, users: false },
];

/** The keeper's own namespaces: as root no user namespace is needed; elsewhere one gives the right to make the others. */
const KEPT: readonly (readonly string[])[] = [
  ['--mount', '--net'],
  ['--user', '--map-root-user', '--mount', '--net'],
];

/** Whether a command line ends well. */
export type Works = (command: RunCommand) => Promise<boolean>;

/** What a machine is asked with; a test hands over its own. */
export interface Probe {
  /** Path of a program of util-linux; undefined where it is not installed. */
  readonly tool: (name: 'unshare' | 'nsenter') => string | undefined;
  readonly works: Works;
  readonly keeper: (prefix: readonly string[]) => Promise<Keeper | undefined>;
  /** The mounts that a process sees, as /proc has them. */
  readonly mountinfo: (pid: number) => string;
  /** Whether we ourselves may write at a place. */
  readonly writable: (path: string) => boolean;
}

const here: Probe = {
  tool: (name) => {
    const places = process.platform === 'linux' ? PLACES : [];
    return places.map((place) => `${place}/${name}`).find((path) => existsSync(path));
  },
  works: ({ file, args }) =>
    new Promise((resolve) => {
      execFile(file, [...args], { env: { PATH: '/usr/bin:/bin' }, timeout: PROBE_MS }, (error) =>
        resolve(error === null),
      );
    }),
  keeper: startKeeper,
  mountinfo: (pid) => readFileSync(`/proc/${pid}/mountinfo`, 'utf8'),
  writable: (path) => {
    try {
      accessSync(path, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },
};

/** What a keeper sees; undefined when it is gone. */
function mountsOf(keeper: Keeper, { mountinfo }: Probe): readonly string[] | undefined {
  try {
    return writableMounts(mountinfo(keeper.pid));
  } catch {
    return undefined;
  }
}

/** Closes what can be written in the keeper's namespace. False when something stays open. */
async function closeAll(keeper: Keeper, probe: Probe): Promise<boolean> {
  const mounts = mountsOf(keeper, probe);
  for (const path of mounts ?? []) {
    // Somebody else's (a FUSE file system of a user's session) is closed to us already.
    if (!(await keeper.close(path)) && probe.writable(path)) return false;
  }
  return mounts !== undefined;
}

const own = (id: (() => number) | undefined): string => String(id?.() ?? 0);

/** The words that put a child into the keeper's namespaces and a process namespace of its own, best first. */
function wordsInto(keeper: Keeper, words: readonly string[], tools: { unshare: string; nsenter: string }) {
  const ns = (name: string): string => `/proc/${keeper.pid}/ns/${name}`;
  const outer = words.includes('--user');
  const users = outer ? [`--user=${ns('user')}`, '--preserve-credentials'] : [];
  const enter = [tools.nsenter, ...users, `--mount=${ns('mnt')}`, `--net=${ns('net')}`, '--'];
  // To look names up costs a tenth of a start, so it is done only where the keeper is somebody else than we are.
  const mapped = [`--map-user=${own(process.getuid)}`, `--map-group=${own(process.getgid)}`];
  const self = ['--user', ...(outer ? mapped : ['--map-current-user'])];
  return [
    { prefix: [...enter, tools.unshare, ...self, ...PIDS, '--'], users: true },
    { prefix: [...enter, tools.unshare, ...PIDS, '--'], users: false },
  ];
}

/** Network and file system are closed once, by a keeper, and children are put in: cheaper than to close them for each. */
async function probeKept(unshare: string, probe: Probe): Promise<Isolation | undefined> {
  const nsenter = probe.tool('nsenter');
  if (nsenter === undefined) return undefined;
  for (const words of KEPT) {
    const keeper = await probe.keeper([unshare, ...words, '--']);
    if (keeper === undefined) continue;
    if (await closeAll(keeper, probe)) {
      for (const { prefix, users } of wordsInto(keeper, words, { unshare, nsenter })) {
        const [file = '', ...args] = prefix;
        if (await probe.works({ file, args: [...args, 'true'] }))
          return { prefix, network: true, processes: true, files: true, users, keeper };
      }
    }
    keeper.end();
  }
  return undefined;
}

/** Tries what this machine allows, best first. Each try starts `unshare … true`, or a keeper, and nothing else. */
export async function probeIsolation(probe: Probe = here): Promise<Isolation> {
  const unshare = probe.tool('unshare');
  if (unshare === undefined) return NO_NAMESPACES;
  const kept = await probeKept(unshare, probe);
  if (kept !== undefined) return kept;
  for (const { words, ...gives } of CANDIDATES) {
    const prefix = [unshare, ...words, '--'];
    if (await probe.works({ file: unshare, args: [...words, '--', 'true'] })) return { prefix, files: false, ...gives };
  }
  return NO_NAMESPACES;
}

let known: Promise<Isolation> | undefined;

/** `probeIsolation`, asked once per process, and again when the keeper is gone. */
export async function isolationHere(): Promise<Isolation> {
  known ??= probeIsolation();
  const asked = known;
  const isolation = await asked;
  if (isolation.keeper?.lost !== true) return isolation;
  // Of several who find it gone one asks again.
  if (known === asked) known = probeIsolation();
  return known;
}

/** Puts the namespaces before a command. `cwd` is where it starts: entering another mount namespace forgets it. */
export function isolated(command: RunCommand, isolation: Isolation, cwd: string): RunCommand {
  const [file, ...words] = isolation.prefix;
  if (file === undefined) return command;
  const place = isolation.keeper === undefined ? [] : [`--wd=${cwd}`];
  return { file, args: [...words.slice(0, -1), ...place, '--', command.file, ...command.args] };
}
