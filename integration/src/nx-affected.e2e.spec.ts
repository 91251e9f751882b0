import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { FakeCli } from '@cliparity/testkit';
import { mustRun } from './support/command.js';
import { HOST_TARGET, makeUpstream, OTHER_TARGET, publish } from './support/fake-upstream.js';
import { commitAll, houseCheckout, nx, type NxRan, type NxWorkspace } from './support/nx.js';
import { editJson, makePlace, removePlaces } from './support/place.js';

jest.setTimeout(300_000);
afterAll(removePlaces);

const AFFECTED = ['affected', '-t', 'report', '--base=HEAD'];
const CHANGED_VERSION = '0.92.0';
const MAC = 'aarch64-apple-darwin';

const ranIn = ({ tasks }: NxRan): readonly string[] =>
  Object.entries(tasks)
    .filter(([, became]) => became !== 'local')
    .map(([id]) => id)
    .sort();

describe('affected, in a checkout of this workspace with codex and one more root', () => {
  let place: NxWorkspace;
  let program: FakeCli;
  const at = (file: string): string => join(place.workspace, file);
  const offline = { PATH: process.env['PATH'] ?? '' };

  /** Changes a file, runs, and puts the file back. */
  async function withChange(file: string, change: (path: string) => void, words = AFFECTED): Promise<NxRan> {
    const before = readFileSync(at(file));
    change(at(file));
    const ran = await nx(place, words, offline);
    writeFileSync(at(file), before);
    return ran;
  }
  const comment = (path: string): void => appendFileSync(path, '\n// changed by a test\n');

  beforeAll(async () => {
    const made = makePlace();
    program = await makeUpstream(join(made.base, 'program'));
    publish(made.upstream, program.path);
    await mustRun(made, ['lock', 'fake', '1.0.0']);
    place = await houseCheckout();
    // What is said below is said of codex; other roots would only take time.
    for (const root of readdirSync(at('cli_manifests')).filter((name) => name !== 'codex')) {
      rmSync(at(`cli_manifests/${root}`), { recursive: true });
    }
    cpSync(made.root, at('cli_manifests/fake'), { recursive: true });
    cpSync(made.upstream, at('upstream'), { recursive: true });
    const first = await nx(place, ['run-many', '-t', 'report']);
    expect(first).toMatchObject({ exit: 0 });
    await commitAll(place.workspace);
    const second = await nx(place, ['run-many', '-t', 'report']);
    expect(ranIn(second)).toEqual([]);
    expect(Object.keys(second.tasks).length).toBeGreaterThan(20);
  });

  const fields = [
    'binary_sha256',
    'binary_size_bytes',
    'sha256',
    'size_bytes',
    'locator',
    'integrity',
    'asset_name',
    'member',
    'format',
    'kind',
    'published_at',
    'published_at_source',
    'target_triple',
  ] as const;
  it.each(fields)('runs the tasks of one version when %s of one of its lock entries changes', async (field) => {
    const lock = 'cli_manifests/codex/artifacts.lock.json';
    const ran = await withChange(lock, (path) =>
      editJson<{ artifacts: Record<string, unknown>[] }>(path, ({ artifacts }) => {
        const entry = artifacts.find(
          (one) => one['semantic_version'] === CHANGED_VERSION && one['target_triple'] === MAC,
        );
        expect(entry).toHaveProperty(field);
        (entry as Record<string, unknown>)[field] = field.endsWith('bytes') ? 12345 : 'changed';
      }),
    );
    const touched = ranIn(ran);
    expect(touched.length).toBeGreaterThan(0);
    expect(touched.filter((id) => !id.startsWith(`codex@${CHANGED_VERSION}:`))).toEqual([]);
    expect(Object.keys(ran.tasks).filter((id) => id.startsWith('codex@0.169.0:')).length).toBeGreaterThan(0);
  });

  it('reads the pages again when one dialect’s folder changes, and starts no binary', async () => {
    const runs = (await program.runs()).length;
    expect(runs).toBeGreaterThan(0);
    const ran = await withChange('plugins/dialects/src/clap/index.ts', comment, [...AFFECTED, '--exclude=codex*']);
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.tasks).toMatchObject({
      [`fake@1.0.0:acquire:${HOST_TARGET}`]: 'local',
      [`fake@1.0.0:capture:${HOST_TARGET}`]: 'local',
      [`fake@1.0.0:snapshot:${HOST_TARGET}`]: 'ran',
    });
    expect((await program.runs()).length).toBe(runs);
  });

  it('runs nothing when the folder of a dialect that no root uses changes', async () => {
    const ran = await withChange('plugins/dialects/src/generic/index.ts', comment);
    expect(Object.keys(ran.tasks).length).toBeGreaterThan(0);
    expect(ranIn(ran)).toEqual([]);
  });

  it('runs what depends on a target’s plugin when its folder changes', async () => {
    const ran = await withChange(`plugins/targets/src/${MAC}/index.ts`, comment);
    const touched = ranIn(ran);
    expect(touched).toContain('codex@0.92.0:union');
    expect(touched.filter((id) => id.startsWith('fake') || id.includes(':acquire:'))).toEqual([]);
    expect((await program.runs()).filter((line) => line.includes(OTHER_TARGET))).toEqual([]);
  });

  it('runs the steps again when our own code changes, from what is committed', async () => {
    const ran = await withChange('libs/coverage/src/index.ts', comment);
    expect(ranIn(ran)).toEqual(
      ['0.92.0', '0.125.0', '0.169.0']
        .map((version) => `codex@${version}:report`)
        .concat('codex:report', 'fake:report', 'fake@1.0.0:report')
        .sort(),
    );
  });

  it('runs nothing for the README', async () => {
    const ran = await withChange('README.md', (path) => appendFileSync(path, '\nchanged\n'));
    expect(ran).toMatchObject({ exit: 0, tasks: {} });
  });
});
