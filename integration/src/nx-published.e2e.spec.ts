import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { HOUSE } from './support/clone.js';
import { makeLockedPlace } from './support/finished-place.js';
import { nx, outcomes, withNx } from './support/nx.js';
import { editJson, newFolder, put, removePlaces, type Place } from './support/place.js';

jest.setTimeout(240_000);

/** A registry of the test’s own: whatever it lacks does not exist, anybody may publish. */
interface Registry {
  readonly url: string;
  readonly process: ChildProcess;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function startRegistry(folder: string): Promise<Registry> {
  const config = join(folder, 'config.yaml');
  const everybody = { access: '$all', publish: '$all', unpublish: '$all' };
  const settings = {
    storage: join(folder, 'storage'),
    uplinks: {},
    packages: { '**': everybody },
    log: { type: 'stdout', level: 'fatal' },
  };
  put(config, settings);
  const url = `http://127.0.0.1:${await freePort()}`;
  const bin = join(HOUSE, 'node_modules/verdaccio/bin/verdaccio');
  const child = spawn(process.execPath, [bin, '--config', config, '--listen', url], {
    stdio: 'ignore',
    env: { HOME: folder },
  });
  for (let round = 0; round < 300; round += 1) {
    const up = await fetch(`${url}/-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return { url, process: child };
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill('SIGKILL');
  throw new Error('the registry did not start');
}

describe('the package as it is published', () => {
  let registry: Registry;
  let folder: string;
  let place: Place;
  const npm = (cwd: string, ...words: string[]) => {
    const own = ['--registry', registry.url, '--cache', join(folder, 'npm-cache'), '--no-audit', '--no-fund'];
    const token = { [`npm_config_//${registry.url.slice('http://'.length)}/:_authToken`]: 'anybody' };
    const env = { HOME: folder, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', ...token };
    return execa('npm', [...words, ...own], { cwd, env, reject: false, all: true });
  };

  beforeAll(async () => {
    folder = newFolder();
    registry = await startRegistry(folder);
    place = await withNx(await makeLockedPlace());
    rmSync(join(place.workspace, 'node_modules/@cliparity'), { recursive: true });
  });
  afterAll(() => {
    registry.process.kill('SIGKILL');
    removePlaces();
  });

  it('is built with its declarations, published, and accepted by publint and are-the-types-wrong', async () => {
    const built = join(folder, 'package');
    await execa(process.execPath, [join(HOUSE, 'plugins/nx/bin/build.mjs'), built, '--types']);
    const linted = await execa(join(HOUSE, 'node_modules/.bin/publint'), ['--strict', built], {
      reject: false,
      all: true,
    });
    expect({ exit: linted.exitCode, said: linted.all }).toMatchObject({ exit: 0 });
    const packed = await execa('npm', ['pack', '--silent'], { cwd: built });
    const tarball = join(built, packed.stdout.trim());
    const typed = await execa(join(HOUSE, 'node_modules/.bin/attw'), [tarball, '--profile', 'esm-only'], {
      reject: false,
      all: true,
    });
    expect({ exit: typed.exitCode, said: typed.all }).toMatchObject({ exit: 0 });
    const published = await npm(built, 'publish', tarball, '--tag', 'latest');
    expect({ exit: published.exitCode, said: published.all }).toMatchObject({ exit: 0 });
  });

  it('is installed in a fresh project and runs there: once, then all hits', async () => {
    put(join(place.workspace, 'package.json'), {
      name: 'fresh',
      private: true,
      devDependencies: { '@cliparity/nx': '0.1.0' },
    });
    const fresh = join(folder, 'fresh');
    put(join(fresh, 'package.json'), { name: 'fresh', private: true });
    const installed = await npm(fresh, 'install', '--save-dev', '--save-exact', '@cliparity/nx@0.1.0');
    expect({ exit: installed.exitCode, said: installed.all }).toMatchObject({ exit: 0 });
    await execa('cp', ['-R', join(fresh, 'node_modules/@cliparity'), join(place.workspace, 'node_modules/')]);
    await execa('cp', [join(fresh, 'package-lock.json'), place.workspace]);
    const first = await nx(place, ['run', 'fake:report']);
    expect(first).toMatchObject({ exit: 0 });
    expect(outcomes(first)).toEqual(['ran']);
    expect(outcomes(await nx(place, ['run', 'fake:report']))).toEqual(['local']);
  });

  it('is hashed by its version in the lock file, and a new one runs everything again', async () => {
    const shown = await nx(place, ['show', 'project', 'fake@1.0.0', '--json']);
    expect(shown.output).toContain('"externalDependencies":["@cliparity/nx"]');
    const lock = join(place.workspace, 'package-lock.json');
    editJson<{ packages: Record<string, { version: string; integrity: string }> }>(lock, ({ packages }) => {
      const entry = packages['node_modules/@cliparity/nx'] as { version: string; integrity: string };
      entry.version = '0.1.1';
      entry.integrity = `sha512-${'A'.repeat(86)}==`;
    });
    expect(outcomes(await nx(place, ['run', 'fake:report']))).not.toContain('local');
  });
});
