import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run } from './support/command.js';
import { controlsIn, withoutColours } from './support/controls.js';
import { HOST_TARGET, PAGES } from './support/fake-upstream.js';
import { lockedCli, SNAPSHOT } from './support/locked-program.js';
import { makePlace, put, removePlaces, type Place } from './support/place.js';
import { documentOf, expectRefusal } from './support/refusals.js';
import { filesBelow, leftovers } from './support/traces.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

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
  /** What of it still runs when it has had its time: the killed are gone once the system has come round to them. */
  const survivors = async (words: string): Promise<string[]> => {
    for (let tries = 0; tries < 1000 && runsWith(words).length > 0; tries += 1) await pause(10);
    return runsWith(words);
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
    const seconds = 4000 + Math.random() * 900;
    const place = await lockedCli({
      pages: { run: { stdout: PAGES.run, behaviour: { kind: 'leave-child', seconds } } },
    });
    await mustRun(place, SNAPSHOT);
    expect(await survivors(`sleep ${String(seconds)} `)).toEqual([]);
  });

  withNamespaces('leaves no child behind that has left its process group', async () => {
    const seconds = 5000 + Math.random() * 900;
    const place = await lockedCli({
      pages: { run: { stdout: PAGES.run, behaviour: { kind: 'leave-child', seconds, session: true } } },
    });
    await mustRun(place, SNAPSHOT);
    expect(await survivors(`sleep ${String(seconds)} `)).toEqual([]);
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
  ])('in %s: one clear error, and never a program without a surface', async (_, page) => {
    const place = await lockedCli({ pages: { '': page } });
    const ran = await run(place, [...SNAPSHOT, '--json']);
    expectRefusal(ran, { exit: 3, code: 'PAGE_NOT_UNDERSTOOD', names: ['fake', 'dialect'] });
    expect(existsSync(snapshotFile(place))).toBe(false);
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
