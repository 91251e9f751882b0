import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { FakeCliSpec } from '@cliparity/testkit';
import { mustRun, run } from './support/command.js';
import { controlsIn, withoutColours } from './support/controls.js';
import { HOST_TARGET, makeUpstream, PAGES, publish } from './support/fake-upstream.js';
import { makePlace, newFolder, put, removePlaces, type Place } from './support/place.js';
import { documentOf, expectRefusal, expectSoundStore, type Refusal } from './support/refusals.js';
import { committed, filesBelow, leftovers } from './support/traces.js';

jest.setTimeout(60_000);
afterAll(removePlaces);

const ONLY_HERE = { required: HOST_TARGET, expected: [HOST_TARGET] };
const SNAPSHOT = ['snapshot', 'fake', '1.0.0', '--target', HOST_TARGET] as const;

/** A place where a program was locked as version 1.0.0. */
async function lockedProgram(program: string, crawl: object = {}): Promise<Place> {
  const place = makePlace({ targets: ONLY_HERE, crawl });
  publish(place.upstream, program);
  await mustRun(place, ['lock', 'fake', '1.0.0']);
  return place;
}
const lockedCli = async (spec: Partial<FakeCliSpec>, crawl: object = {}): Promise<Place> =>
  lockedProgram((await makeUpstream(newFolder(), spec)).path, crawl);
async function lockedBytes(bytes: string | Uint8Array): Promise<Place> {
  const file = join(newFolder(), 'program');
  put(file, bytes);
  return lockedProgram(file);
}

interface Snapshot {
  readonly commands: readonly {
    readonly path: readonly string[];
    readonly flags?: readonly { readonly key: string }[];
    readonly unexplained?: readonly string[];
  }[];
  readonly known_omissions?: readonly string[];
}
const snapshotFile = (place: Place): string => join(place.root, `snapshots/1.0.0/${HOST_TARGET}.json`);
const readSnapshot = (place: Place): Snapshot => JSON.parse(readFileSync(snapshotFile(place), 'utf8')) as Snapshot;

/** The first bytes of a program for a machine that this one is not. */
function foreignElf(): Buffer {
  const head = Buffer.alloc(128);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(head);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(process.arch === 'x64' ? 183 : 62, 18);
  return head;
}
/** A program of this machine whose one instruction is refused by the processor: 64 bytes of header, 56 of program header, the instruction. */
function crashingElf(): Buffer {
  const program = Buffer.alloc(124);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(program);
  program.writeUInt16LE(2, 16);
  program.writeUInt16LE(process.arch === 'x64' ? 62 : 183, 18);
  program.writeUInt32LE(1, 20);
  const [base, length] = [0x400000n, BigInt(program.length)];
  for (const [value, at] of [
    [base + 120n, 24],
    [64n, 32],
    [base, 80],
    [base, 88],
    [length, 96],
    [length, 104],
    [0x1000n, 112],
  ] as const) {
    program.writeBigUInt64LE(value, at);
  }
  for (const [value, at] of [
    [64, 52],
    [56, 54],
    [1, 56],
  ] as const)
    program.writeUInt16LE(value, at);
  for (const [value, at] of [
    [1, 64],
    [5, 68],
  ] as const)
    program.writeUInt32LE(value, at);
  // x86-64: ud2. AArch64: udf #0.
  if (process.arch === 'x64') Buffer.from([0x0f, 0x0b]).copy(program, 120);
  return program;
}
function windowsProgram(): Buffer {
  const head = Buffer.alloc(256);
  head.write('MZ');
  head.writeUInt32LE(128, 60);
  head.write('PE\0\0', 128);
  head.writeUInt16LE(0x8664, 132);
  return head;
}

const LOADER = 'fake: error while loading shared libraries: libmade-up.so.1: cannot open shared object file\n';
const GIGABYTE = { behaviour: { kind: 'bytes', count: 1_000_000_000 } } as const;
const HANG = { behaviour: { kind: 'hang' } } as const;

type Case = Pick<Refusal, 'what' | 'exit' | 'code' | 'names'> & { readonly make: () => Promise<Place> };

const REFUSED: readonly Case[] = [
  {
    what: 'is built for another machine',
    make: () => lockedBytes(foreignElf()),
    exit: 3,
    code: 'BINARY_WRONG_ARCHITECTURE',
    names: [process.arch === 'x64' ? 'aarch64' : 'x86_64'],
  },
  {
    what: 'is built for Windows',
    make: () => lockedBytes(windowsProgram()),
    exit: 3,
    code: 'BINARY_WRONG_ARCHITECTURE',
    names: ['windows'],
  },
  {
    what: 'is no program',
    make: () => lockedBytes(Buffer.from([0, 1, 2, 3, 0xff, 0xfe])),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['--version'],
  },
  { what: 'is empty', make: () => lockedBytes(''), exit: 3, code: 'BINARY_COULD_NOT_RUN', names: ['empty'] },
  {
    what: 'wants an interpreter nobody has',
    make: () => lockedBytes('#!/no/such/interpreter\n'),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['--version'],
  },
  {
    what: 'lacks a library',
    make: () => lockedCli({ version: { stderr: LOADER, exit: 127 } }),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['libmade-up.so.1', '127'],
  },
  {
    what: 'lacks a library only when asked for help',
    make: () => lockedCli({ pages: { '': { stderr: LOADER, exit: 127 } } }),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['libmade-up.so.1', '--help'],
  },
  {
    what: 'crashes',
    make: () => lockedBytes(crashingElf()),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['--version'],
  },
  {
    what: 'crashes when asked for help',
    make: () => lockedCli({ pages: { '': { stderr: 'Segmentation fault\n', exit: 139 } } }),
    exit: 3,
    code: 'HELP_FAILED',
    names: ['139', 'Segmentation fault'],
  },
  {
    what: 'is a text that a shell would run',
    make: () => lockedBytes('echo fake 1.0.0\n'),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['program'],
  },
  {
    what: 'is of another version',
    make: () => lockedCli({ version: 'fake 2.0.0\n' }),
    exit: 1,
    code: 'VERSION_MISMATCH',
    names: ['2.0.0', '1.0.0'],
  },
  {
    what: 'is of a version that only begins alike',
    make: () => lockedCli({ version: 'fake 1.0.0-rc.1\n' }),
    exit: 1,
    code: 'VERSION_MISMATCH',
    names: ['1.0.0-rc.1', '1.0.0'],
  },
  {
    what: 'tells no version',
    make: () => lockedCli({ version: 'fake, the newest\n' }),
    exit: 1,
    code: 'VERSION_MISMATCH',
    names: ['1.0.0', 'crawl.version_argv'],
  },
  {
    what: 'knows no --version',
    make: () => lockedCli({ version: { stderr: 'what?\n', exit: 2 } }),
    exit: 3,
    code: 'VERSION_PROBE_FAILED',
    names: ['exit 2', 'crawl.version_argv'],
  },
  {
    what: 'hangs when asked for its version',
    make: () => lockedCli({ version: HANG }, { timeout_ms: 500 }),
    exit: 3,
    code: 'PAGE_TIMEOUT',
    names: ['--version', 'crawl.timeout_ms'],
  },
  {
    what: 'hangs when asked for help',
    make: () => lockedCli({ pages: { '': HANG } }, { timeout_ms: 500 }),
    exit: 3,
    code: 'PAGE_TIMEOUT',
    names: ['--help'],
  },
  {
    what: 'hangs on one page',
    make: () => lockedCli({ pages: { run: HANG } }, { timeout_ms: 500 }),
    exit: 3,
    code: 'PAGE_TIMEOUT',
    names: ['run --help', 'crawl.skip'],
  },
  {
    what: 'prints 1 GB as its version',
    make: () => lockedCli({ version: GIGABYTE }),
    exit: 3,
    code: 'PAGE_TOO_LARGE',
    names: ['--version'],
  },
  {
    what: 'prints 1 GB of help',
    make: () => lockedCli({ pages: { run: GIGABYTE } }),
    exit: 3,
    code: 'PAGE_TOO_LARGE',
    names: ['run --help', 'crawl.max_output_bytes'],
  },
  {
    what: 'prints nothing',
    make: () => lockedCli({ pages: { '': '' } }),
    exit: 3,
    code: 'HELP_EMPTY',
    names: ['stdout', 'crawl.help.root'],
  },
  {
    what: 'prints blanks',
    make: () => lockedCli({ pages: { '': ' \n\t\n' } }),
    exit: 3,
    code: 'HELP_EMPTY',
    names: ['stdout'],
  },
  {
    what: 'prints help elsewhere',
    make: () => lockedCli({ pages: { '': { stderr: PAGES[''] } } }),
    exit: 3,
    code: 'HELP_EMPTY',
    names: ['crawl.stream', 'stderr'],
  },
  {
    what: 'prints help and fails',
    make: () => lockedCli({ pages: { '': { stdout: PAGES[''], exit: 1 } } }),
    exit: 3,
    code: 'HELP_FAILED',
    names: ['1', 'crawl.accept_nonzero'],
  },
  {
    what: 'prints escapes where it fails',
    make: () =>
      lockedCli({ pages: { '': { stderr: '\u001b]0;pwned\u0007\u001b[2Jno\u0000 \u009b31mhelp\u0008\n', exit: 1 } } }),
    exit: 3,
    code: 'HELP_FAILED',
    names: ['help'],
  },
];

describe('an upstream’s program that', () => {
  it.each(REFUSED.map((one) => [one.what, one] as const))(
    '%s is refused, and no surface is written',
    async (_, one) => {
      const place = await one.make();
      const before = committed(place);
      expectRefusal(await run(place, [...SNAPSHOT, '--json']), one);
      expect(committed(place)).toEqual(before);
      expect(leftovers(place)).toEqual([]);
      await expectSoundStore(place);
    },
  );

  it('lacks a library leaves no union and no report either', async () => {
    const place = await lockedCli({ version: { stderr: LOADER, exit: 127 } });
    const before = committed(place);
    expectRefusal(await run(place, ['report', 'fake', '1.0.0', '--chain', '--json']), {
      exit: 3,
      code: 'BINARY_COULD_NOT_RUN',
      names: ['libmade-up.so.1'],
    });
    expect(committed(place)).toEqual(before);
  });

  it('failed once is asked again: what was wrong with it is not remembered', async () => {
    const place = await lockedCli({ pages: { run: HANG } }, { timeout_ms: 500 });
    expect((await run(place, SNAPSHOT)).exit).toBe(3);
    expect((await run(place, SNAPSHOT)).exit).toBe(3);
    expect(existsSync(snapshotFile(place))).toBe(false);
  });
});

describe('an upstream’s words on our terminal', () => {
  const ESCAPES = '\u001b]0;pwned\u0007\u001b]52;c;cHduZWQ=\u0007\u001b[2J\u001b[31mred\u001b[0m\u0000\u0008 \u009b5m';

  it('lose escapes and NULs on the way into a snapshot', async () => {
    const page = PAGES['']
      .replace('Say more', `Say ${ESCAPES}more`)
      .replace('List the tasks', '\u001b[1mList\u001b[0m the tasks');
    const place = await lockedCli({ pages: { '': `${page}\nOther things ${ESCAPES}\n  ?? ${ESCAPES}\n` } });
    const ran = await mustRun(place, SNAPSHOT);
    expect(controlsIn(ran.stdout + ran.stderr)).toEqual([]);
    const text = readFileSync(snapshotFile(place), 'utf8');
    expect(text).not.toMatch(/\\(?:u00[01789][0-9a-f]|[bf])/);
    expect(controlsIn(text)).toEqual([]);
    expect(readSnapshot(place).commands[0]?.flags?.map((flag) => flag.key)).toContain('--verbose');
  });

  it.each(['always', 'never'])('lose them in an error too, with --color %s', async (color) => {
    const place = await lockedCli({ pages: { '': { stderr: `no ${ESCAPES}\n`, exit: 1 } } });
    const ran = await run(place, [...SNAPSHOT, '--color', color]);
    expect([ran.exit, controlsIn(withoutColours(ran.stderr))]).toEqual([3, []]);
  });

  it('lose them when one page is parsed', async () => {
    const place = makePlace();
    put(join(place.workspace, 'page.txt'), `${PAGES['']}\nOther ${ESCAPES}\n  ?? ${ESCAPES} \u202egnp.exe\n`);
    for (const words of [['--color', 'always'], ['--json'], ['--reporter', 'markdown']]) {
      const ran = await mustRun(place, ['parse', 'page.txt', ...words]);
      expect(controlsIn(withoutColours(ran.stdout))).toEqual([]);
    }
  });
});

describe('an upstream’s program, kept apart', () => {
  it('sees no variable of ours', async () => {
    const place = await lockedCli({ pages: { '': { stdout: PAGES[''] }, run: { behaviour: { kind: 'env' } } } });
    const secret = 'planted-5f3c9e-secret';
    const env = { GITHUB_TOKEN: secret, NPM_TOKEN: secret, MADE_UP_VARIABLE: secret, LD_PRELOAD_NOT: secret };
    await mustRun(place, [...SNAPSHOT, '--raw-help', 'pages'], { env });
    const page = readFileSync(join(place.workspace, `pages/1.0.0/${HOST_TARGET}/commands/run/help.txt`), 'utf8');
    expect(page).toMatch(/^NO_COLOR=1$/m);
    expect(page).not.toContain(secret);
    expect(page).not.toMatch(/NODE_OPTIONS|CLIPARITY_|MADE_UP_VARIABLE|_TOKEN/);
    expect(page).not.toContain(place.home);
    const everything = filesBelow(place.base)
      .filter((file) => !file.startsWith('program'))
      .map((file) => readFileSync(join(place.base, file), 'latin1'));
    expect(everything.filter((text) => text.includes(secret))).toEqual([]);
  });

  const runsWith = (words: string): string[] => {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(words);
      } catch {
        return false;
      }
    });
  };
  const canUnshare = ((): boolean => {
    try {
      execFileSync('unshare', ['--user', '--map-root-user', '--pid', '--fork', '--kill-child', 'true'], {
        stdio: 'ignore',
      });
      return true;
    } catch {
      return false;
    }
  })();
  const onLinux = existsSync('/proc/self/cmdline') ? it : it.skip;
  const withNamespaces = canUnshare ? onLinux : it.skip;

  onLinux('leaves no child behind in its process group', async () => {
    const seconds = 4000 + Math.floor(Math.random() * 900);
    const place = await lockedCli({
      pages: { run: { stdout: PAGES.run, behaviour: { kind: 'leave-child', seconds } } },
    });
    await mustRun(place, SNAPSHOT);
    expect(runsWith(`sleep ${String(seconds)} `)).toEqual([]);
  });

  withNamespaces('leaves no child behind that has left its process group', async () => {
    const seconds = 5000 + Math.floor(Math.random() * 900);
    const place = await lockedCli({
      pages: { run: { stdout: PAGES.run, behaviour: { kind: 'leave-child', seconds, session: true } } },
    });
    await mustRun(place, SNAPSHOT);
    expect(runsWith(`sleep ${String(seconds)} `)).toEqual([]);
    expect(leftovers(place)).toEqual([]);
  });
});

const JAPANESE_PAGE = `作り物の道具

使い方: fake [オプション] <コマンド>

コマンド:
  run   タスクを一つ実行する
  list  タスクを一覧する

オプション:
  -v, --verbose    詳しく表示する
      --depth <N>  深さ
  -h, --help       ヘルプを表示する
`;
const GERMAN_PAGE = `Ein erfundenes Werkzeug

Aufruf: fake [OPTIONEN] <BEFEHL>

Befehle:
  run   Führt eine Aufgabe aus
  list  Zählt die Aufgaben auf

Optionen:
  -v, --verbose    Mehr sagen
      --depth <N>  Wie tief
  -h, --help       Hilfe zeigen
`;

describe('a page that is not what one expects', () => {
  it.each([
    ['Japanese', JAPANESE_PAGE],
    ['German', GERMAN_PAGE],
  ])('in %s: every row is understood or listed as unexplained, none is dropped', async (_, page) => {
    const place = await lockedCli({ pages: { '': page } });
    await mustRun(place, SNAPSHOT);
    const snapshot = readSnapshot(place);
    const [root] = snapshot.commands;
    const keys = root?.flags?.map((flag) => flag.key) ?? [];
    const unexplained = (root?.unexplained ?? []).join('\n');
    for (const flag of ['--verbose', '--depth', '--help'])
      expect([...keys, ...unexplained.split(/\s+/)]).toContain(flag);
    const words = snapshot.commands.map((command) => command.path.join(' '));
    for (const command of ['run', 'list']) expect([...words, ...unexplained.split(/\s+/)]).toContain(command);
  });

  it('an empty page of one command is an omission that is told', async () => {
    const place = await lockedCli({ pages: { run: '' } });
    const ran = await mustRun(place, [...SNAPSHOT, '--json']);
    expect(readSnapshot(place).known_omissions).toEqual(['help page is empty: run']);
    expect(documentOf(ran)).toMatchObject({ known_omissions: ['help page is empty: run'] });
    expect(readSnapshot(place).commands.map((command) => command.path)).toContainEqual(['run']);
  });

  it('a program that answers everything with its first page ends, and says so', async () => {
    const place = await lockedCli({ pages: { '': PAGES[''], run: PAGES[''], list: PAGES[''] }, unknown: 'root-page' });
    await mustRun(place, SNAPSHOT);
    const snapshot = readSnapshot(place);
    expect(snapshot.commands.map((command) => command.path.join(' '))).toEqual(['', 'list', 'run']);
    expect(snapshot.known_omissions).toHaveLength(2);
  });

  it('bytes that are no UTF-8 give a snapshot that is', async () => {
    const page = Buffer.from(PAGES[''].replace('made-up', 'm\u00e4de-\u00fcp'), 'latin1');
    const place = await lockedCli({ pages: { '': { stdout: page } } });
    await mustRun(place, SNAPSHOT);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(snapshotFile(place)))).not.toThrow();
  });

  it('words that would steer a path or a shell steer neither', async () => {
    const rows = ['../../evil', '/etc/evil', '$(touch evil)', '-rf', 'a/b', '..', 'run'].map(
      (word) => `  ${word}  Does it`,
    );
    const page = `Tool\n\nUsage: fake <COMMAND>\n\nCommands:\n${rows.join('\n')}\n\nOptions:\n  -h, --help  Print help\n`;
    const place = await lockedCli({ pages: { '': page }, unknown: 'error' });
    await mustRun(place, [...SNAPSHOT, '--raw-help', 'pages']);
    const evil = filesBelow(place.base).filter((file) => file.includes('evil'));
    expect(evil.filter((file) => !file.startsWith('workspace/pages/1.0.0/'))).toEqual([]);
    expect(existsSync('/etc/evil')).toBe(false);
  });
});
