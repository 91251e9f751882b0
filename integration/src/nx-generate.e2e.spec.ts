import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { HOUSE } from './support/clone.js';
import { HOST_TARGET } from './support/fake-upstream.js';
import { makeLockedPlace } from './support/finished-place.js';
import { nx, outcomes, withNx } from './support/nx.js';
import { editJson, put, removePlaces, type Place } from './support/place.js';

jest.setTimeout(240_000);
afterAll(removePlaces);

const MOON = 'riscv64gc-unknown-linux-musl';

/** A library of ours in the workspace, as a package of one file. */
async function install(place: Place, lib: string): Promise<void> {
  const to = join(place.workspace, 'node_modules/@cliparity', lib);
  const words = ['--bundle', '--platform=node', '--format=esm', '--log-level=error'];
  const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await execa(join(HOUSE, 'node_modules/.bin/esbuild'), [
    join(HOUSE, 'libs', lib, 'src/index.ts'),
    ...words,
    `--tsconfig=${join(HOUSE, 'tsconfig.base.json')}`,
    `--banner:js=${require}`,
    `--outfile=${join(to, 'index.js')}`,
  ]);
  put(join(to, 'package.json'), { type: 'module', exports: './index.js' });
}

describe('a plugin of the user’s own', () => {
  let place: Place;
  const generate = (...words: string[]) => nx(place, ['g', ...words, '--no-interactive']);

  beforeAll(async () => {
    place = await withNx(await makeLockedPlace());
    put(join(place.workspace, 'package.json'), { name: 'made-up', private: true, type: 'commonjs' });
    await Promise.all(['plugin-api', 'testkit'].map((lib) => install(place, lib)));
    expect(await nx(place, ['run', 'fake:report'])).toMatchObject({ exit: 0 });
  });

  it('is generated, named in the configuration, and passes its contract test', async () => {
    expect(await generate('@cliparity/nx:target', MOON)).toMatchObject({ exit: 0 });
    const tested = await nx(place, ['test', `target-${MOON}`]);
    expect(tested).toMatchObject({ exit: 0 });
    expect(tested.output).toMatch(/(?:#|ℹ) fail 0/);
    expect(outcomes(await nx(place, ['test', `target-${MOON}`]))).toEqual(['local']);
  });

  it('is used by the tasks, and a change of its folder runs them again', async () => {
    editJson<{ targets: { expected: string[] } }>(join(place.root, 'cliparity.json'), ({ targets }) => {
      targets.expected.push(MOON);
    });
    const used = await nx(place, ['run', 'fake:report']);
    expect(used).toMatchObject({ exit: 0 });
    expect(used.output).toMatch(new RegExp(`${MOON}\\s+no: `));
    expect(outcomes(await nx(place, ['run', 'fake:report']))).toEqual(['local']);
    appendFileSync(join(place.workspace, `plugins/target-${MOON}/target.mjs`), '\n// changed\n');
    const again = await nx(place, ['run', 'fake:report']);
    expect(again).toMatchObject({ exit: 0 });
    expect(again.tasks[`fake@1.0.0:snapshot:${HOST_TARGET}`]).toBe('ran');
  });

  it('is refused where something is already', async () => {
    const ran = await generate('@cliparity/nx:target', MOON);
    expect(ran.exit).not.toBe(0);
    expect(ran.output).toContain('GENERATOR_PLACE_TAKEN');
  });

  it('has company: a root, and CI files for what is there', async () => {
    expect(await generate('@cliparity/nx:root', 'my-cli', '--package=@me/my-cli')).toMatchObject({ exit: 0 });
    const report = await nx(place, ['run', 'my-cli:report']);
    expect(report.output).toContain('pin one with cliparity lock my-cli VERSION');
    expect(await generate('@cliparity/nx:ci', '--provider=github')).toMatchObject({ exit: 0 });
    expect(existsSync(join(place.workspace, 'ci-templates/github/cliparity.yml'))).toBe(true);
    expect(existsSync(join(place.workspace, '.github'))).toBe(false);
  });
});
