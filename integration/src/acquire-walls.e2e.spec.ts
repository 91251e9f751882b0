import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { modesHere, startIn, type Mode } from './support/acquire-modes.js';
import { mustRun } from './support/command.js';
import { HOST_TARGET, publish } from './support/fake-upstream.js';
import { copyPlace, editJson, makePlace, newFolder, put, removePlaces, type Place } from './support/place.js';
import { filesBelow } from './support/traces.js';

jest.setTimeout(180_000);

const SECRET = 'planted-in-the-environment';
const env = { CLIPARITY_TOKEN: SECRET, AWS_SECRET_ACCESS_KEY: SECRET };
/** Where a program may think that it may write; `OUTSIDE` belongs to everybody. */
const OUTSIDE = newFolder();
/** No other process of this machine sleeps for as long. */
const SECONDS = 4000 + process.pid / 1e6;

/** A program whose help says what it could do, and whose `slow` command never ends. */
const NOSY = `#!/bin/sh
case "$*" in
  --version) echo 'fake 1.0.0'; exit ;;
  'slow --help') setsid sleep ${SECONDS} & exec sleep ${SECONDS} ;;
esac
can() { "$@" > /dev/null 2>&1 && echo yes || echo no; }
echo 'Looks around

Usage: fake [OPTIONS] <COMMAND>

Commands:
  slow  Takes its time

Options:
  -h, --help  Print help
'
echo "reads-environment: $(env | grep -q ${SECRET} && echo yes || echo no)"
echo "reads-process: $(can grep -q ${SECRET} /proc/[0-9]*/environ)"
echo "writes-home: $(can touch "$HOME/x")"
echo "writes-temporary: $(can touch "$TMPDIR/x")"
echo "writes-here: $(can touch x)"
echo "writes-outside: $(can touch ${OUTSIDE}/trace)"
echo "writes-itself: $(can sh -c 'chmod u+w "$0" && echo >> "$0"' "$(readlink -f "$0")")"
echo "reopens: $(can mount -o remount,bind,rw /)"
`;

let place: Place;
beforeAll(async () => {
  chmodSync(OUTSIDE, 0o777);
  place = makePlace({ crawl: { skip: [['slow']] } });
  put(join(place.base, 'program/fake'), NOSY);
  chmodSync(join(place.base, 'program/fake'), 0o755);
  publish(place.upstream, join(place.base, 'program/fake'));
  await mustRun(place, ['lock', 'fake', '1.0.0']);
});
afterEach(() => rmSync(join(OUTSIDE, 'trace'), { force: true }));
afterAll(() => {
  removePlaces();
});

/** What a child of the command could do, and what `doctor` says of it. */
async function lookAround(mode: Mode): Promise<{ could: Record<string, string>; says: Record<string, string> }> {
  const at = copyPlace(place);
  const words = ['snapshot', 'fake', '1.0.0', '--target', HOST_TARGET, '--raw-help', join(at.base, 'pages')];
  const ran = await startIn(mode, at, { words, env }).ended;
  if (ran.exit !== 0) throw new Error(`${mode.name}: ${ran.stderr}`);
  const page = filesBelow(join(at.base, 'pages')).map((file) => readFileSync(join(at.base, 'pages', file), 'utf8'));
  const could = Object.fromEntries([...page.join('\n').matchAll(/^([a-z-]+): (yes|no)$/gm)].map((m) => [m[1], m[2]]));
  const told = JSON.parse((await startIn(mode, at, { words: ['doctor', '--json'], env }).ended).stdout) as {
    checks: { name: string; detail: string }[];
  };
  const isolation = told.checks.filter(({ name }) => name.startsWith('isolation '));
  const receipts = filesBelow(join(at.workspace, '.cliparity/receipts'));
  const receipt = receipts
    .map((file) => readFileSync(join(at.workspace, '.cliparity/receipts', file), 'utf8'))
    .join('');
  for (const { detail } of isolation.slice(0, 4)) expect(receipt).toContain(`"${detail}"`);
  return { could, says: Object.fromEntries(isolation.map(({ name, detail }) => [name.slice(10), detail])) };
}

/** Living processes of a command line; a zombie has none. */
function alive(line: string): readonly string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() === line;
    } catch {
      return false;
    }
  });
}
async function until(done: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 1000 && !done(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  return done();
}

const modes = modesHere();
const yes = (is: boolean): string => (is ? 'yes' : 'no');

const inMode = (mode: Mode) => (): void => {
  it('can do what doctor and receipt say, and no more', async () => {
    const { could, says } = await lookAround(mode);
    expect(says).toMatchObject(mode.gives);
    const { files, secrets } = mode.gives;
    expect(could).toEqual({
      'reads-environment': 'no',
      // Other users’ processes are closed to whoever is not root; this one is the command itself.
      'reads-process': yes(secrets === 'same-user'),
      'writes-home': 'yes',
      'writes-temporary': 'yes',
      'writes-here': 'yes',
      'writes-outside': yes(files === 'open'),
      'writes-itself': yes(files === 'open'),
      // Root that is root of the keeper’s namespaces can undo them: doctor says so.
      reopens: yes(secrets === 'same-user' && files === 'read-only'),
    });
    expect(existsSync(join(OUTSIDE, 'trace'))).toBe(files === 'open');
  });
  it('does not outlive it, however that ends', async () => {
    const at = copyPlace(place);
    editJson<{ crawl?: object }>(join(at.root, 'cliparity.json'), (manifest) => void delete manifest.crawl);
    const words = ['snapshot', 'fake', '1.0.0', '--target', HOST_TARGET];
    const { child, ended } = startIn(mode, at, { words, env });
    const line = `sleep ${SECONDS}`;
    expect(await until(() => alive(line).length === 2)).toBe(true);
    child.kill('SIGKILL');
    await ended;
    // One that left its process group survives where there are no process namespaces: doctor says so.
    const survivors = mode.gives.processes === 'namespace' ? 0 : 1;
    expect(await until(() => alive(line).length === survivors)).toBe(true);
    for (const pid of alive(line)) process.kill(Number(pid), 'SIGKILL');
  });
};
for (const mode of modes) describe(`a child of the command, ${mode.name},`, inMode(mode));

describe('this machine', () => {
  it('is tried in every way it allows', () => {
    // Where there are no namespaces, acquire-isolation.e2e shows what is left.
    expect(modes.length === 0 || modes.length >= 4).toBe(true);
  });
});
