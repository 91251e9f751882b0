import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { useTmpDirs } from '../testing/tmp-dir.js';
import { loadNpmSettings, npmNetworkSettings } from './npm-settings.js';

const tmpDir = useTmpDirs();

async function project(npmrc: string): Promise<{ cwd: string; env: NodeJS.ProcessEnv }> {
  const cwd = await tmpDir();
  await writeFile(join(cwd, 'package.json'), '{}');
  await writeFile(join(cwd, '.npmrc'), npmrc);
  return {
    cwd,
    env: { HOME: cwd, npm_config_userconfig: join(cwd, 'none'), npm_config_globalconfig: join(cwd, 'absent') },
  };
}

describe('npm settings', () => {
  it('give registry and credentials per scope', async () => {
    const options = await project(
      [
        'registry=https://r.example/npm',
        '@o:registry=https://o.example/',
        '//r.example/npm/:_authToken=T0P',
        '//o.example/:_auth=dTpw',
      ].join('\n'),
    );
    const settings = await loadNpmSettings(options);
    expect(settings.registryFor('tool')).toBe('https://r.example/npm/');
    expect(settings.registryFor('@o/tool')).toBe('https://o.example/');
    expect(settings.credentialsFor('https://r.example/npm/')).toEqual({ token: 'T0P' });
    expect(settings.credentialsFor('https://o.example/')).toMatchObject({ auth: 'dTpw' });
    expect(settings.credentialsFor('https://else.example/')).toEqual({});
  });
  it('give the patience that the user chose, and no default of npm’s', async () => {
    const chosen = await npmNetworkSettings(await project('fetch-timeout=1500\nfetch-retries=0'));
    expect(chosen).toMatchObject({ inactivityMs: 1500, retries: 0 });
    const silent = await npmNetworkSettings(await project(''));
    expect(Object.keys(silent)).not.toEqual(expect.arrayContaining(['inactivityMs']));
    expect(Object.keys(silent)).not.toEqual(expect.arrayContaining(['retries']));
  });
  it('give proxies and authorities, and leave the environment alone', async () => {
    const options = await project('https-proxy=http://127.0.0.1:9/\nnoproxy=a.example,b.example\ncafile=ca.pem');
    const ca = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----';
    await writeFile(join(options.cwd, 'ca.pem'), `${ca}\n${ca}\n`);
    const env = { ...options.env, npm_config_cafile: join(options.cwd, 'ca.pem') };
    const before = { ...env };
    const network = await npmNetworkSettings({ ...options, env });
    expect(network).toMatchObject({ httpsProxy: 'http://127.0.0.1:9/', noProxy: 'a.example,b.example' });
    expect(network.ca).toHaveLength(2);
    expect(env).toEqual(before);
  });
});
