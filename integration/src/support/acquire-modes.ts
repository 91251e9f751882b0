import { execFileSync, spawn } from 'node:child_process';
import { CLIPARITY_BIN } from './command.js';
import type { Place } from './place.js';

/** A way to be on this machine: as who, and with which namespaces still to be had. */
export interface Mode {
  readonly name: string;
  /** Put before the command. */
  readonly prefix: readonly string[];
  /** What `doctor` must say there. */
  readonly gives: Readonly<Record<'network' | 'processes' | 'files' | 'secrets', string>>;
  /** The user that the place must belong to. */
  readonly user?: number;
}

const NOBODY = 65534;
const ALL = { network: 'namespace', processes: 'namespace', files: 'read-only', secrets: 'apart' } as const;
const NONE = { network: 'dead-proxy', processes: 'group', files: 'open', secrets: 'same-user' } as const;

function works(words: readonly string[]): boolean {
  try {
    execFileSync(words[0] ?? '', words.slice(1), { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Inside a user namespace of its own a limit can be set that holds for nobody else. */
const without = (kinds: readonly string[]): readonly string[] => [
  ...['unshare', '--user', '--map-root-user', '/bin/sh', '-c'],
  `${kinds.map((kind) => `echo 0 > /proc/sys/user/max_${kind}_namespaces`).join(' && ')} && exec "$@"`,
  'sh',
];

/** The ways this machine can be tried in; none where it has no namespaces at all, as on macOS. */
export function modesHere(): readonly Mode[] {
  const tried = [
    'unshare',
    '--user',
    '--map-root-user',
    '--mount',
    '--net',
    '--',
    'mount',
    '-o',
    'remount,bind,ro',
    '/',
  ];
  if (process.platform !== 'linux' || !works(tried)) return [];
  const asNobody = ['setpriv', '--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'];
  const root = process.getuid?.() === 0;
  return [
    { name: root ? 'as root' : 'as a user', prefix: [], gives: ALL },
    ...(root && works([...asNobody, 'true'])
      ? [{ name: 'as nobody', prefix: asNobody, gives: ALL, user: NOBODY }]
      : []),
    { name: 'without user namespaces', prefix: without(['user']), gives: { ...ALL, secrets: 'same-user' } },
    { name: 'without mount namespaces', prefix: without(['mnt']), gives: { ...ALL, files: 'open' } },
    { name: 'without any namespace', prefix: without(['user', 'mnt', 'net', 'pid']), gives: NONE },
  ];
}

export interface Started {
  readonly words: readonly string[];
  /** Variables besides the minimal environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The command in a mode. Ends by itself, or when the caller kills it. */
export function startIn(mode: Mode, place: Place, { words, env }: Started) {
  if (mode.user !== undefined) execFileSync('chown', ['-R', `${mode.user}:${mode.user}`, place.base]);
  const [file = '', ...args] = [...mode.prefix, process.execPath, CLIPARITY_BIN, '-C', place.workspace, ...words];
  const { PATH = '' } = process.env;
  const child = spawn(file, args, {
    cwd: place.workspace,
    env: { PATH, HOME: place.home, CLIPARITY_STORE: place.store, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const streams = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => (streams[name] += chunk));
  const ended = new Promise<typeof streams & { exit: number | null }>((done) => {
    child.on('close', (exit) => done({ exit, ...streams }));
  });
  return { child, ended };
}
