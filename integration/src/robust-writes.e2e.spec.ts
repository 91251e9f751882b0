import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run } from './support/command.js';
import { HOST_TARGET, makeUpstream, publish } from './support/fake-upstream.js';
import { copyPlace, editJson, makePlace, newFolder, removePlaces, type Place } from './support/place.js';
import { committed } from './support/traces.js';

jest.setTimeout(180_000);

const PRELOAD = pathToFileURL(fileURLToPath(new URL('./support/kill-at-write.mjs', import.meta.url))).href;
const VERSION = '1.0.0';
const NEXT = '1.1.0';
const LAST = '1.2.0';

/** One place per state that a command starts from. */
const stages = new Map<string, Place>();
const stage = (name: string): Place => stages.get(name) as Place;
const PASS = ['--', process.execPath, '-e', '0'];

/** Locks, reads, merges, reports, verifies and promotes one version; keeps the place as it is after each step where it is asked to. */
async function wholeWay(place: Place, version: string, keep: (name: string) => void = () => undefined): Promise<void> {
  const steps: [string, ...string[]][] = [
    ['locked', 'lock'],
    ['read', 'snapshot'],
    ['merged', 'union'],
    ['reported', 'report'],
    ['verified', 'verify'],
    ['promoted', 'promote'],
  ];
  for (const [name, word = ''] of steps) {
    await mustRun(place, [word, 'fake', version, ...(word === 'verify' ? PASS : [])]);
    keep(name);
  }
}

beforeAll(async () => {
  const place = makePlace({ targets: { required: HOST_TARGET, expected: [HOST_TARGET] } });
  const keep = (name: string): void => void stages.set(name, copyPlace(place));
  for (const version of [VERSION, NEXT, LAST]) {
    const program = await makeUpstream(newFolder(), { version: `fake ${version}\n` });
    publish(place.upstream, program.path, version);
  }
  // Everything is waived, so that the version can be supported.
  const waived = { path: [], level: 'intentionally_unsupported', note: 'a test' };
  editJson<{ coverage: object[] }>(join(place.root, 'wrapper_coverage.json'), (file) => (file.coverage = [waived]));
  keep('written');
  await wholeWay(place, VERSION, keep);
  await wholeWay(place, NEXT);
  await wholeWay(place, LAST);
  keep('three');
});
afterAll(removePlaces);

interface Found {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

async function validated(place: Place): Promise<readonly Found[]> {
  const ran = await run(place, ['validate', 'fake', '--json']);
  expect([0, 1]).toContain(ran.exit);
  return (JSON.parse(ran.stdout) as { findings: Found[] }).findings;
}

/** How the words of a finding say what to do: a command, or what to delete. */
const SAYS_WHAT = /cliparity [a-z]+|[Dd]elete|[Rr]un /;

/** Runs the words in a copy of the place and ends them at one write; answers the copy. */
async function killedAt(words: readonly string[], from: Place, at: number): Promise<Place> {
  const place = copyPlace(from);
  const env = {
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${PRELOAD}`,
    CLIPARITY_KILL_BELOW: place.root,
    CLIPARITY_KILL_AT: String(at),
  };
  const ran = await run(place, words, { env });
  expect({ at, signal: ran.signal }).toEqual({ at, signal: 'SIGKILL' });
  return place;
}

/** How often the words change a file of the root. */
async function writesOf(words: readonly string[], place: Place): Promise<number> {
  const counted = join(place.base, 'writes');
  const env = {
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${PRELOAD}`,
    CLIPARITY_KILL_BELOW: place.root,
    CLIPARITY_KILL_COUNT: counted,
  };
  await mustRun(place, words, { env });
  return existsSync(counted) ? Number(readFileSync(counted, 'utf8')) : 0;
}

/** The committed bytes but for the time of a lock: the local source knows no day of a release, so the clock gives it. */
const lasting = (place: Place): Record<string, string> =>
  Object.fromEntries(
    Object.entries(committed(place)).map(([path, text]) => [path, text.replace(/"published_at": "[^"]*"/g, '""')]),
  );

/** What a person changes before a command has something to do again. */
const staleUnion = (place: Place): void =>
  editJson<{ tool: string }>(join(place.root, `snapshots/${VERSION}/union.json`), (union) => (union.tool = 'other'));
const emptied = (place: Place): void => {
  const kept = join(place.base, 'elsewhere');
  cpSync(join(place.root, 'snapshots'), kept, { recursive: true });
  for (const folder of ['snapshots', 'reports']) rmSync(join(place.root, folder), { recursive: true });
};

interface Case {
  readonly words: readonly string[];
  readonly from: string;
  readonly prepare?: (place: Place) => void;
}
const CASES: readonly Case[] = [
  { words: ['lock', 'fake', VERSION], from: 'written' },
  { words: ['snapshot', 'fake', VERSION], from: 'locked' },
  { words: ['union', 'fake', VERSION], from: 'read' },
  { words: ['report', 'fake', VERSION], from: 'merged' },
  { words: ['verify', 'fake', VERSION, ...PASS], from: 'reported' },
  { words: ['promote', 'fake', VERSION], from: 'verified' },
  { words: ['retain', 'fake', '--keep', '1', '--apply'], from: 'three' },
  { words: ['rebuild', 'fake'], from: 'reported', prepare: staleUnion },
  { words: ['import', 'fake', '../elsewhere'], from: 'reported', prepare: emptied },
];

describe('a run that is killed at any write', () => {
  it.each(CASES.map((one) => [one.words.slice(0, 3).join(' '), one] as const))(
    'of %s leaves a root that validates or says what to run, and the same command then finishes',
    async (_, { words, from, prepare }) => {
      const start = copyPlace(stage(from));
      prepare?.(start);
      const calm = copyPlace(start);
      const writes = await writesOf(words, calm);
      expect(writes).toBeGreaterThan(0);
      const after = await validated(calm);
      for (let at = 1; at <= writes; at += 1) {
        const place = await killedAt(words, start, at);
        const silent = (await validated(place)).filter(({ help }) => !SAYS_WHAT.test(help ?? ''));
        expect({ at, silent }).toEqual({ at, silent: [] });
        await mustRun(place, words);
        expect({ at, findings: await validated(place) }).toEqual({ at, findings: after });
        expect({ at, files: lasting(place) }).toEqual({ at, files: lasting(calm) });
      }
    },
  );
});
