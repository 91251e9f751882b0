import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { statSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

/**
 * A small process beside ours, for as long as we live. It holds the namespaces that children are put into, and it learns that we are gone, however
 * we went, by the end of its standard input: then it kills the process groups that were not released.
 */
export interface Keeper {
  readonly pid: number;
  /** Nobody is there any more. */
  readonly lost: boolean;
  /** Kills this process group should we go without a word. */
  keep(pid: number): void;
  release(pid: number): void;
  /** Closes the file system at a mount point. False when that is not allowed here. */
  close(path: string): Promise<boolean>;
  /** Opens a folder for writing. Asked again, it looks whether the folder is still the same one. */
  open(path: string): Promise<boolean>;
  end(): void;
}

/** One order a line; orders that can fail answer `ok` or `no`. POSIX shell and mount(8), nothing else. */
const SCRIPT = `kept=
while IFS= read -r line; do
  arg=\${line#* }
  case \${line%% *} in
    keep) kept="$kept $arg" ;;
    release) rest=; for pid in $kept; do [ "$pid" = "$arg" ] || rest="$rest $pid"; done; kept=$rest ;;
    close) mount -o remount,bind,ro "$arg" >/dev/null 2>&1 && echo ok || echo no ;;
    open) mount --bind "$arg" "$arg" >/dev/null 2>&1 && mount -o remount,bind,rw "$arg" >/dev/null 2>&1 && echo ok || echo no ;;
    hello) echo ok ;;
  esac
done
for pid in $kept; do kill -9 "-$pid" 2>/dev/null; done`;

/** How long a group that ended may still count as one of ours. */
const RELEASE_MS = 50;

type Child = ChildProcessByStdio<Writable, Readable, null>;
/** Pipes are sockets, which can be made not to keep us alive. */
type Unrefable = { ref?: () => void; unref?: () => void };

function launch(prefix: readonly string[]): Child {
  const [file = '', ...args] = [...prefix, '/bin/sh', '-c', SCRIPT];
  const env = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' };
  return spawn(file, args, { env, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'], detached: true });
}

/** Asks in turn; every answer belongs to the oldest question. */
function makeAsk(child: Child, isLost: () => boolean): (line: string) => Promise<boolean> {
  const waiting: ((answer: boolean) => void)[] = [];
  const stdout: Readable & Unrefable = child.stdout;
  let text = '';
  const answer = (yes: boolean): void => {
    waiting.shift()?.(yes);
    if (waiting.length === 0) stdout.unref?.();
  };
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n')) {
      answer(text.slice(0, at) === 'ok');
      text = text.slice(at + 1);
    }
  });
  const giveUp = (): void => {
    while (waiting.length > 0) answer(false);
  };
  // The end of the pipe, not of the process: the pipe alone keeps us waiting.
  stdout.on('close', giveUp);
  child.on('error', giveUp);
  return (line) =>
    new Promise((resolve) => {
      // A name with a line feed would be two orders.
      if (isLost() || line.includes('\n')) return resolve(false);
      waiting.push(resolve);
      stdout.ref?.();
      child.stdin.write(`${line}\n`);
    });
}

const identityOf = (path: string): string => {
  const { dev, ino } = statSync(path);
  return `${dev}:${ino}`;
};

/**
 * Starts one behind a prefix, such as `unshare --mount --net`. Undefined where it cannot be had: no POSIX shell, or the prefix is not allowed.
 * It does not keep our process alive.
 */
export async function startKeeper(prefix: readonly string[] = []): Promise<Keeper | undefined> {
  if (process.platform === 'win32') return undefined;
  const child = launch(prefix);
  let lost = child.pid === undefined;
  const lose = (): void => {
    lost = true;
  };
  child.on('exit', lose);
  child.on('error', lose);
  child.stdin.on('error', lose);
  // Told before the exit is, mostly; and before `ask` answers no, so that nobody who was refused finds it alive.
  child.stdout.on('close', lose);
  const ask = makeAsk(child, () => lost);
  let untold = '';
  const tell = (): void => {
    if (!lost && untold !== '') child.stdin.write(untold);
    untold = '';
  };
  child.unref();
  (child.stdin as Writable & Unrefable).unref?.();
  const opened = new Map<string, Promise<boolean>>();
  const keeper: Keeper = {
    pid: child.pid ?? 0,
    get lost() {
      return lost;
    },
    keep: (pid) => {
      untold += `keep ${pid}\n`;
      tell();
    },
    release: (pid) => {
      // Told with the next one, mostly: to wake another process costs more than what it is told.
      untold += `release ${pid}\n`;
      setTimeout(tell, RELEASE_MS).unref();
    },
    close: async (path) => ask(`close ${path}`),
    open: async (path) => {
      const key = `${identityOf(path)} ${path}`;
      const known = opened.get(key) ?? ask(`open ${path}`);
      opened.set(key, known);
      return known;
    },
    end: () => {
      tell();
      child.stdin.end();
    },
  };
  return (await ask('hello')) ? keeper : undefined;
}
