import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { HOUSE } from './clone.js';
import { put } from './place.js';

/** A registry of the test's own: whatever it lacks does not exist, anybody may publish. */
export interface Registry {
  readonly url: string;
  /** Runs npm with it. */
  npm(cwd: string, ...words: string[]): Promise<{ readonly exit: number | undefined; readonly said: string }>;
  close(): void;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

const isUp = (url: string): Promise<boolean> =>
  fetch(`${url}/-/ping`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Starts verdaccio on a port that was free a moment ago; on another one when somebody was quicker. Waits until it answers. */
async function startVerdaccio(folder: string, config: string): Promise<Pick<Registry, 'url' | 'close'>> {
  const bin = join(HOUSE, 'node_modules/verdaccio/bin/verdaccio');
  for (let tries = 0; tries < 5; tries += 1) {
    const url = `http://127.0.0.1:${await freePort()}`;
    const child = spawn(process.execPath, [bin, '--config', config, '--listen', url], {
      stdio: 'ignore',
      env: { HOME: folder },
    });
    while (child.exitCode === null) {
      if (await isUp(url)) return { url, close: () => void child.kill('SIGKILL') };
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  throw new Error('the registry did not start');
}

/** Starts verdaccio on loopback, without any other registry behind it. */
export async function startRegistry(folder: string): Promise<Registry> {
  const config = join(folder, 'config.yaml');
  const everybody = { access: '$all', publish: '$all', unpublish: '$all' };
  put(config, {
    storage: join(folder, 'storage'),
    uplinks: {},
    packages: { '**': everybody },
    log: { type: 'stdout', level: 'fatal' },
  });
  const { url, close } = await startVerdaccio(folder, config);
  const npm: Registry['npm'] = async (cwd, ...words) => {
    const own = ['--registry', url, '--cache', join(folder, 'npm-cache'), '--no-audit', '--no-fund'];
    const token = { [`npm_config_//${url.slice('http://'.length)}/:_authToken`]: 'anybody' };
    const env = { HOME: folder, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', ...token };
    const ended = await execa('npm', [...words, ...own], { cwd, env, reject: false, all: true });
    return { exit: ended.exitCode, said: ended.all };
  };
  return { url, npm, close };
}
