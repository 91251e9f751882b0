import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { findEntry, openStore, readLock } from '@cliparity/acquisition';
import { fixtureNames, readFixture, selectScenarios } from '@cliparity/harvest';
import { ARTIFACTS, HOUSE } from './support/clone.js';
import { CLIPARITY_BIN } from './support/command.js';
import { loadScenarios } from './support/golden.js';

jest.setTimeout(180_000);

const CLI = 'claude-code';
const TARGET = 'x86_64-unknown-linux-gnu';
const FIXTURES = join(HOUSE, 'integration/fixtures', CLI);
const LOCK = join(HOUSE, 'cli_manifests', CLI, 'artifacts.lock.json');
/** The version whose program the tests fetch: the newest locked one below 100 MB packed. */
const FETCHED = '2.1.260';

const entry = findEntry(readLock(readFileSync(LOCK, 'utf8'), LOCK), FETCHED, TARGET);
const program = await openStore(ARTIFACTS).find(entry);
const runsHere = process.platform === 'linux' && process.arch === 'x64' && program !== undefined;

describe.each(readdirSync(FIXTURES).sort())('what is committed of the streams of Claude Code %s', (version) => {
  const folder = join(FIXTURES, version);

  it('is a sidecar for each stream and a schema, and no line of a stream', async () => {
    const at = { cli: CLI, tool: CLI, version, target: TARGET, binary: '', binarySha256: '' };
    const { planned } = selectScenarios(await loadScenarios(), at);
    const streams = planned.flatMap((one) => one.streams);
    expect(streams).toHaveLength(10);
    expect(await fixtureNames(folder)).toEqual([...streams].sort());
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));
    expect(files.sort()).toEqual([...streams.map((name) => `${name}.meta.json`), 'schemas/exec.schema.json'].sort());
  });

  it('counts every event by its name, and has each name in the schema', async () => {
    const schema = JSON.parse(readFileSync(join(folder, 'schemas/exec.schema.json'), 'utf8')) as { $defs: object };
    for (const name of await fixtureNames(folder)) {
      const { sidecar } = await readFixture(folder, name);
      const types = sidecar?.event_types ?? {};
      expect(Object.values(types).reduce((sum, count) => sum + count, 0)).toBe(sidecar?.events);
      expect(Object.keys(schema.$defs)).toEqual(expect.arrayContaining(Object.keys(types)));
    }
  });

  it('has no text of the program: names, types and digests only', () => {
    const text = readFileSync(join(folder, 'schemas/exec.schema.json'), 'utf8');
    const values = [...text.matchAll(/"(?:const|type|title|description)": "([^"]*)"/g)].map(([, value = '']) => value);
    const ours = values.filter((value) => value.includes(' '));
    expect(new Set(ours)).toEqual(
      new Set([
        `${CLI} ${version}: events of exec`,
        'Inferred from recorded streams by cliparity harvest; do not edit.',
      ]),
    );
  });
});

const onLinux = runsHere ? describe : describe.skip;

onLinux(`Claude Code ${FETCHED} (skipped where the program is not there or does not run)`, () => {
  it('prints every stream again that the digests stand for', () => {
    const env = { ...process.env, CLIPARITY_STORE: ARTIFACTS };
    const words = ['-C', HOUSE, 'harvest', CLI, FETCHED, '--check', '--json'];
    const run = spawnSync(process.execPath, [CLIPARITY_BIN, ...words], { env, encoding: 'utf8' });
    const { streams, findings } = JSON.parse(run.stdout) as { streams: { state: string }[]; findings: unknown[] };
    expect(findings).toEqual([]);
    expect(streams.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'same'));
    expect(run.status).toBe(0);
  });
});
