import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run } from './support/command.js';
import { HOST_TARGET } from './support/fake-upstream.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { copyPlace, editJson, manifestWith, put, removePlaces, type Place } from './support/place.js';
import { refuses } from './support/refusals.js';

jest.setTimeout(180_000);

let place: Place;
beforeAll(async () => {
  place = await makeFinishedPlace();
});
afterAll(removePlaces);

const config = (text: string, file = 'cliparity.config.json') =>
  ({
    arrange: (at: Place): void => put(join(at.workspace, file), text),
    args: ['status'],
    exit: 2,
  }) as const;

describe('the configuration of the workspace', () => {
  refuses(
    () => place,
    [
      {
        what: 'that is not JSON',
        ...config('{"concurrency": 2,,}'),
        code: 'CONFIG_INVALID_SYNTAX',
        names: ['cliparity.config.json', /JSON|position|line/i],
      },
      {
        what: 'that is binary',
        ...config('\u0000\u0001\u0002'),
        code: 'CONFIG_INVALID_SYNTAX',
        names: ['cliparity.config.json'],
      },
      {
        what: 'that is not YAML',
        ...config('store: [1\n', 'cliparity.config.yaml'),
        code: 'CONFIG_INVALID_SYNTAX',
        names: ['cliparity.config.yaml'],
      },
      {
        what: 'with an unknown key',
        ...config('{"concurency": 2}'),
        code: 'CONFIG_UNKNOWN_KEY',
        names: ['cliparity.config.json', 'concurency', 'concurrency'],
      },
      {
        what: 'with an unknown key further down',
        ...config('{"store": {"pth": "x"}}'),
        code: 'CONFIG_UNKNOWN_KEY',
        names: ['store.pth', 'path'],
      },
      {
        what: 'with a value of the wrong type',
        ...config('{"concurrency": "two"}'),
        code: 'CONFIG_INVALID_VALUE',
        names: ['concurrency', 'integer'],
      },
      {
        what: 'that is a list',
        ...config('[]'),
        code: 'CONFIG_INVALID_VALUE',
        names: ['cliparity.config.json', 'object'],
      },
      {
        what: 'with a plugin that is not there',
        ...config('{"plugins": ["./no-plugin.js"]}'),
        code: 'PLUGIN_NOT_FOUND',
        names: ['./no-plugin.js', 'cliparity.config.json'],
      },
      {
        what: 'with a plugin that is none',
        ...config('{"plugins": ["./cliparity.config.json"]}'),
        code: 'PLUGIN_INVALID',
        names: ['cliparity.config.json'],
      },
      {
        what: 'that disables what there is not',
        ...config('{"disable": ["dialect/clpa"]}'),
        code: 'PLUGIN_DISABLE_UNKNOWN',
        names: ['dialect/clpa'],
      },
      {
        what: 'twice in one folder',
        ...config('{}'),
        arrange: (at) => {
          put(join(at.workspace, 'cliparity.config.json'), {});
          put(join(at.workspace, 'package.json'), { cliparity: {} });
        },
        code: 'CONFIG_AMBIGUOUS',
        names: ['cliparity.config.json', 'package.json'],
      },
    ],
  );
});

const manifest = (content: unknown) =>
  ({
    arrange: (at: Place): void => put(join(at.root, 'cliparity.json'), content),
    args: ['lock', 'fake', '1.0.0', '--check'],
    exit: 2,
  }) as const;
const localSource = (settings: object) => manifestWith({ sources: [{ use: 'local', settings }] });

describe('the manifest of a root', () => {
  const file = 'cliparity.json';
  refuses(
    () => place,
    [
      { what: 'that is not JSON', ...manifest('{"tool": '), code: 'FILE_INVALID_JSON', names: [file] },
      { what: 'that is empty', ...manifest(''), code: 'FILE_INVALID_JSON', names: [file] },
      { what: 'that is no UTF-8', ...manifest(Buffer.from([0x7b, 0xff, 0x7d])), code: 'FILE_NOT_UTF8', names: [file] },
      {
        what: 'with an unknown key',
        ...manifest(manifestWith({ targts: 1 })),
        code: 'FILE_SCHEMA_INVALID',
        names: [file, 'targts', 'targets'],
      },
      {
        what: 'with a value of the wrong type',
        ...manifest(manifestWith({ binary: 7 })),
        code: 'FILE_SCHEMA_INVALID',
        names: [file, 'binary', 'string'],
      },
      {
        what: 'without its targets',
        ...manifest(manifestWith({ targets: undefined })),
        code: 'FILE_SCHEMA_INVALID',
        names: [file, 'targets'],
      },
      {
        what: 'with a key twice',
        ...manifest('{"tool": "a", "tool": "b"}'),
        code: 'FILE_INVALID_JSON',
        names: [file, 'tool'],
      },
      {
        what: 'with a dialect nobody has',
        ...manifest(manifestWith({ dialect: 'clpa' })),
        args: ['snapshot', 'fake', '1.0.0', '--force'],
        code: 'DIALECT_UNKNOWN',
        names: ['clpa', 'clap'],
      },
      {
        what: 'with a target nobody has',
        ...manifest(manifestWith({ targets: { required: HOST_TARGET, expected: [HOST_TARGET, 'linux-x46'] } })),
        args: ['lock', 'fake', '1.0.0'],
        code: 'TARGET_UNKNOWN',
        names: ['linux-x46', 'linux-x64'],
      },
      {
        what: 'with a source nobody has',
        ...manifest(manifestWith({ sources: [{ use: 'npn' }] })),
        args: ['lock', 'fake', '1.0.0'],
        code: 'SOURCE_UNKNOWN',
        names: ['npn', 'npm', file],
      },
      {
        what: 'with an unknown setting of a source',
        ...manifest(localSource({ path: 'x', nmae: 'y' })),
        args: ['lock', 'fake', '1.0.0'],
        code: 'SOURCE_SETTINGS_INVALID',
        names: ['nmae', 'name', file],
      },
      {
        what: 'with a source that cannot tell its versions',
        ...manifest(localSource({ url: 'http://127.0.0.1:9/', name: 'fake' })),
        args: ['lock', 'fake', '1.0.0'],
        code: 'SOURCE_VERSIONS_UNKNOWN',
        names: ['versions'],
      },
      {
        what: 'that sets what isolation owns',
        ...manifest(manifestWith({ crawl: { env: { HOME: '/' } } })),
        args: ['snapshot', 'fake', '1.0.0', '--force'],
        code: 'CRAWL_ENV_RESERVED',
        names: ['HOME'],
      },
      {
        what: 'whose help form has no place for the command',
        ...manifest(manifestWith({ crawl: { help: { command: ['help'] } } })),
        args: ['snapshot', 'fake', '1.0.0', '--force'],
        code: 'CRAWL_HELP_FORM',
        names: ['{path}'],
      },
    ],
  );
});

describe('further files of a root', () => {
  const lock = (content: unknown) =>
    ({
      arrange: (at: Place): void => put(join(at.root, 'artifacts.lock.json'), content),
      args: ['acquire', 'fake', '1.0.0', '--target', HOST_TARGET],
      exit: 1,
      code: 'LOCK_INVALID',
    }) as const;
  refuses(
    () => place,
    [
      { what: 'a lock that is not JSON', ...lock('<<<<<<< HEAD\n'), names: ['artifacts.lock.json', /JSON/] },
      {
        what: 'a lock of another version',
        ...lock({ version: 7, tool: 'fake-cli', artifacts: [] }),
        names: ['artifacts.lock.json', '/version'],
      },
      {
        what: 'a lock with a digest that is none',
        ...lock({}),
        arrange: (at) =>
          editJson<{ artifacts: { sha256: string }[] }>(join(at.root, 'artifacts.lock.json'), ({ artifacts }) => {
            for (const entry of artifacts) entry.sha256 = 'abc';
          }),
        names: ['artifacts.lock.json', '/artifacts/0/sha256'],
      },
      {
        what: 'a wrapper coverage with a level nobody knows',
        arrange: (at) =>
          editJson<{ coverage: { level: string }[] }>(join(at.root, 'wrapper_coverage.json'), ({ coverage }) => {
            for (const entry of coverage) entry.level = 'explict';
          }),
        args: ['report', 'fake', '1.0.0'],
        exit: 1,
        code: 'FILE_SCHEMA_INVALID',
        names: ['wrapper_coverage.json', 'explict', 'explicit'],
      },
      {
        what: 'a wrapper coverage that is not there',
        arrange: (at) => put(join(at.root, 'cliparity.json'), manifestWith()),
        args: ['report', 'fake', '1.0.0', '--manifests', 'elsewhere'],
        exit: 2,
        code: 'ROOT_UNKNOWN',
        names: ['elsewhere'],
      },
      {
        what: 'a supplement that is not JSON',
        arrange: (at) => put(join(at.root, 'supplement/commands.json'), '{'),
        args: ['snapshot', 'fake', '1.0.0'],
        exit: 1,
        code: 'FILE_INVALID_JSON',
        names: ['supplement/commands.json'],
      },
    ],
  );

  it('validate finds a required target that is not expected', async () => {
    const at = copyPlace(place);
    put(join(at.root, 'cliparity.json'), manifestWith({ targets: { required: 'any', expected: [HOST_TARGET] } }));
    const ran = await run(at, ['validate', 'fake']);
    expect([ran.exit, ran.stdout]).toEqual([1, expect.stringMatching(/required[\s\S]*any|any[\s\S]*required/)]);
  });

  it('validate finds each of them and goes on to the others', async () => {
    const at = copyPlace(place);
    put(join(at.root, 'wrapper_coverage.json'), '{');
    put(join(at.root, 'supplement/commands.json'), '[]');
    put(join(at.workspace, 'cli_manifests/broken/cliparity.json'), '{"tool":');
    const ran = await run(at, ['validate']);
    expect(ran.exit).toBe(1);
    for (const name of ['fake/wrapper_coverage.json', 'fake/supplement/commands.json', 'broken/cliparity.json']) {
      expect(ran.stdout).toContain(name);
    }
  });
});
