import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askInit, type Asker } from './init-wizard.js';
import { applyInit, planInit } from './init-root.js';
import { openWorkbench } from '../base/open-workbench.js';
import type { Workbench } from '../base/workbench.js';

let workspace: string;
beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'cliparity-init-')));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function put(path: string, content: unknown): void {
  const file = join(workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}
const bench = (): Promise<Workbench> =>
  openWorkbench({ workspace, signal: new AbortController().signal, emit: () => undefined });

/** Answers by a word of the question; what nobody answers keeps what it begins with. */
function scripted(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const answer = <T>(message: string, initial: T): Promise<T> => {
    asked.push(message);
    const key = Object.keys(answers).find((word) => message.includes(word));
    return Promise.resolve(key === undefined ? initial : (answers[key] as T));
  };
  const ask: Asker = {
    select: (message, choices, initial) => answer(message, initial ?? choices[0]?.value ?? ''),
    several: (message, _, initial) => answer(message, initial),
    text: answer,
    confirm: answer,
  };
  return { ask, asked };
}

describe('askInit', () => {
  it('needs one word where nothing is known', async () => {
    put('pyproject.toml', '[project]\nname = "my-wrapper"\n');
    const { ask } = scripted({ package: '@a/tool', registry: false });
    const request = await askInit(await bench(), {}, ask);
    expect(request).toMatchObject({
      source: 'npm',
      package: '@a/tool',
      binary: 'tool',
      name: 'tool',
      wrapper: 'my-wrapper',
    });
    expect(request).toMatchObject({ dialect: 'generic', targets: ['x86_64-unknown-linux-musl'], nx: false });
    expect(request.ci).toBeUndefined();
  });

  it('offers the programs that are installed', async () => {
    put('package.json', { name: 'w', dependencies: { '@a/tool': '1', lib: '1' } });
    put('node_modules/@a/tool/package.json', { name: '@a/tool', version: '1.0.0', bin: { toolx: 'cli.js' } });
    put('node_modules/lib/package.json', { name: 'lib' });
    const { ask, asked } = scripted({ registry: false });
    expect(await askInit(await bench(), {}, ask)).toMatchObject({ package: '@a/tool', binary: 'toolx', name: 'toolx' });
    expect(asked[0]).toBe('Which program do you wrap?');
    const other = scripted({ 'do you wrap': 'another', Where: 'github-releases', repository: 'o/r', typed: 'r' });
    expect(await askInit(await bench(), {}, other.ask)).toMatchObject({
      source: 'github-releases',
      repository: 'o/r',
      name: 'r',
    });
  });

  it('asks nothing that was said, and what it makes can be planned', async () => {
    const said = {
      name: 'tool',
      source: 'local',
      path: 'up',
      binary: 'tool',
      dialect: 'clap',
      required: 'any',
      wrapper: 'w',
    };
    const { ask, asked } = scripted({});
    const request = await askInit(await bench(), { ...said, ci: 'github', activate: true, nx: true }, ask);
    expect(asked).toEqual([]);
    put('up/1.2.0/any/tool', 'x');
    const plan = await planInit(await bench(), request, '9.9.9');
    expect(plan).toMatchObject({
      version: '1.2.0',
      root: {
        manifest: {
          sources: [{ use: 'local', settings: { path: '../../up', name: 'tool{exe}' } }],
          targets: { required: 'any', expected: ['any'] },
        },
      },
    });
    expect(plan.files.map(({ path, fate }) => `${path} ${fate}`)).toContain('.github/workflows/cliparity.yml new');
  });

  it('asks whether another root is meant where there is one', async () => {
    put('cli_manifests/one/cliparity.json', {});
    const { ask, asked } = scripted({ another: false, 'CI files': 'github', 'into place': true });
    expect(await askInit(await bench(), {}, ask)).toEqual({ ci: 'github', activate: false, nx: false });
    expect(asked[0]).toContain('one: there already');
    const more = scripted({ package: 'tool', registry: false });
    expect(await askInit(await bench(), {}, more.ask)).toMatchObject({ package: 'tool' });
  });
});

describe('applyInit', () => {
  it('says where it is, what is in the way, what is not there, and how packages are installed here', async () => {
    put('pnpm-lock.yaml', '');
    put('cli_manifests/tool/cliparity.json', {});
    const said = { name: 'tool', path: 'up', nx: true };
    const told = async (force: boolean) =>
      (await applyInit(await bench(), await planInit(await bench(), { ...said, force }, '9.9.9'), true)).view;
    const { lines = [], next } = await told(false);
    expect(lines[0]).toContain(workspace);
    expect(lines).toContainEqual(expect.stringMatching(/--force.*cli_manifests\/tool\/cliparity\.json/));
    expect(lines).toContainEqual(expect.stringMatching(/^note: up is not there yet/));
    expect(next).toEqual([]);
    expect((await told(true)).next?.[0]).toBe('pnpm install');
  });
});
