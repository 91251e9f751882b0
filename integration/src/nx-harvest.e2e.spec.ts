import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun } from './support/command.js';
import { makeUpstream, publish } from './support/fake-upstream.js';
import { nx, outcomes, withNx, type NxRan } from './support/nx.js';
import { makePlace, put, removePlaces, type Place } from './support/place.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

/** A plugin of the user's own, of two files: what is contributed, and the scenario. */
function putScenario(place: Place, name: string): void {
  const folder = join(place.workspace, 'own', name);
  const contribution = `{ kind: 'scenario', id: 'fake-${name}', revision: 1, load: () => import('./scenario.js') }`;
  put(
    join(folder, 'index.js'),
    `export default { name: '${name}', apiVersion: 1, contributions: [${contribution}] };\n`,
  );
  const plan = `() => ({ files: {}, steps: [{ kind: 'exec', argv: ['say', '${name}'] }] })`;
  put(
    join(folder, 'scenario.js'),
    `export default { id: 'fake-${name}', revision: 1, cli: 'fake', fits: '*', plan: ${plan} };\n`,
  );
}

const ranIn = ({ tasks }: NxRan): readonly string[] =>
  Object.entries(tasks)
    .filter(([, became]) => became !== 'local')
    .map(([id]) => id)
    .sort();

describe('recorded streams as Nx tasks', () => {
  let place: Place;
  const fixture = (name: string): string => join(place.workspace, 'integration/fixtures/fake/1.0.0', `${name}.jsonl`);

  beforeAll(async () => {
    place = await withNx(makePlace());
    const answers = { 'say one': '{"type":"one"}\n', 'say two': '{"type":"two"}\n' };
    publish(place.upstream, (await makeUpstream(join(place.base, 'program'), { answers })).path);
    put(join(place.workspace, 'package.json'), { name: 'made-up', private: true, type: 'module' });
    put(join(place.workspace, 'cliparity.config.json'), { plugins: ['./own/one/index.js', './own/two/index.js'] });
    for (const name of ['one', 'two']) putScenario(place, name);
    await mustRun(place, ['lock', 'fake', '1.0.0']);
    await mustRun(place, ['harvest', 'fake', '1.0.0', '--record', 'all']);
  });

  it('are recorded again and compared, each scenario by itself, and are hits afterwards', async () => {
    const first = await nx(place, ['run', 'fake:harvest', '--outputStyle=static']);
    expect(first).toMatchObject({ exit: 0 });
    const tasks = ['harvest', 'harvest:one', 'harvest:two'].map((task) => `fake@1.0.0:${task}`);
    expect(Object.keys(first.tasks).sort()).toEqual(['fake:harvest', ...tasks]);
    expect(outcomes(first)).toEqual(['ran']);
    expect(first.output).toContain('fake 1.0.0: 1 streams, 0 findings');
    expect(outcomes(await nx(place, ['run', 'fake:harvest'], { PATH: '/nonexistent' }))).toEqual(['local']);
  });

  it('are not what a report waits for', async () => {
    const report = await nx(place, ['run', 'fake:report']);
    expect(report).toMatchObject({ exit: 0 });
    expect(Object.keys(report.tasks).filter((id) => id.includes('harvest'))).toEqual([]);
  });

  it('are recorded again when the scenario’s folder changes, and no other scenario is', async () => {
    appendFileSync(join(place.workspace, 'own/one/scenario.js'), '// changed by a test\n');
    const ran = await nx(place, ['run-many', '-t', 'harvest', 'report', '-p', 'fake@1.0.0']);
    expect(ran).toMatchObject({ exit: 0 });
    expect(ranIn(ran)).toEqual(['fake@1.0.0:harvest', 'fake@1.0.0:harvest:one']);
  });

  it('fail when they drift, alone: the others of the batch are done', async () => {
    const before = readFileSync(fixture('one'), 'utf8');
    put(fixture('one'), before.replace('"one"', '"other"'));
    appendFileSync(join(place.workspace, 'own/two/scenario.js'), '// changed by a test\n');
    const ran = await nx(place, ['run', 'fake:harvest']);
    put(fixture('one'), before);
    expect(ran.exit).not.toBe(0);
    expect(ran.tasks).toEqual({ 'fake@1.0.0:harvest:one': 'failed', 'fake@1.0.0:harvest:two': 'ran' });
    expect(ran.output).toMatch(/FIXTURE_DIFFERS.*one\.jsonl/);
    const again = await nx(place, ['run', 'fake:harvest']);
    expect(again).toMatchObject({ exit: 0 });
    expect(again.tasks['fake@1.0.0:harvest:two']).toBe('local');
  });
});
