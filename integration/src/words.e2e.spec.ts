import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run, startRaw } from './support/command.js';
import { HOST_TARGET, TOOL } from './support/fake-upstream.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { copyPlace, put, removePlaces, type Place } from './support/place.js';
import { documentOf, refuses, toldBy } from './support/refusals.js';
import { committed } from './support/traces.js';

jest.setTimeout(180_000);

let place: Place;
beforeAll(async () => {
  place = await makeFinishedPlace();
});
afterAll(removePlaces);

describe('words that name nothing', () => {
  const known = { exit: 2 } as const;
  refuses(
    () => place,
    [
      {
        ...known,
        what: 'a root',
        args: ['status', 'fkae'],
        code: 'ROOT_UNKNOWN',
        names: ['fkae', 'Did you mean \\"fake\\"'],
      },
      {
        ...known,
        what: 'a root that would leave the folder',
        args: ['status', '../fake'],
        code: 'NAME_INVALID',
        names: ['../fake'],
      },
      {
        ...known,
        what: 'a version to acquire',
        args: ['acquire', 'fake', '1.0.1'],
        code: 'LOCK_VERSION_UNKNOWN',
        names: ['1.0.1', '1.0.0'],
      },
      {
        ...known,
        what: 'a version to read',
        args: ['snapshot', 'fake', '1.0.1'],
        code: 'LOCK_VERSION_UNKNOWN',
        names: ['1.0.1', '1.0.0'],
      },
      {
        ...known,
        what: 'a version that is none',
        args: ['snapshot', 'fake', 'v1'],
        code: 'LOCK_VERSION_UNKNOWN',
        names: ['v1'],
      },
      {
        ...known,
        what: 'a version that is a path',
        args: ['union', 'fake', '../../1.0.0'],
        code: 'LOCK_VERSION_UNKNOWN',
        names: ['../../1.0.0'],
      },
      {
        ...known,
        what: 'a target',
        args: ['snapshot', 'fake', '1.0.0', '--target', `${HOST_TARGET}x`],
        code: 'TARGET_NOT_EXPECTED',
        names: [`${HOST_TARGET}x`, `Did you mean \\"${HOST_TARGET}\\"`],
      },
      {
        ...known,
        what: 'a target of another root',
        args: ['acquire', 'fake', '1.0.0', '--target', 'any'],
        code: 'TARGET_NOT_EXPECTED',
        names: ['any', HOST_TARGET],
      },
      {
        ...known,
        what: 'a reporter',
        args: ['status', '--reporter', 'markdwn=out.md'],
        code: 'REPORTER_UNKNOWN',
        names: ['markdwn', 'Did you mean \\"markdown\\"'],
      },
      {
        ...known,
        what: 'a dialect',
        args: ['parse', 'page.txt', '--dialect', 'clpa'],
        arrange: (at) => put(join(at.workspace, 'page.txt'), 'Usage: x\n'),
        code: 'DIALECT_UNKNOWN',
        names: ['clpa', 'Did you mean \\"clap\\"'],
      },
      { ...known, what: 'a page', args: ['parse', 'missing.txt'], code: 'FILE_MISSING', names: ['missing.txt'] },
      {
        ...known,
        what: 'an export format',
        args: ['export', 'fake', '1.0.0', '--format', 'parity-v3'],
        code: 'FORMAT_UNKNOWN',
        names: ['parity-v3', 'Did you mean \\"parity-v2\\"'],
      },
      {
        ...known,
        what: 'a code',
        args: ['explain', 'LOCK_VERSION_UNKNOW'],
        code: 'CODE_UNKNOWN',
        names: ['Did you mean \\"LOCK_VERSION_UNKNOWN\\"'],
      },
      {
        ...known,
        what: 'a unit',
        args: ['explain', 'fake', 'rnu'],
        code: 'UNIT_UNKNOWN',
        names: ['rnu', 'Did you mean \\"run\\"'],
      },
      {
        ...known,
        what: 'a folder to import',
        args: ['import', 'fake', 'nowhere'],
        code: 'FOLDER_UNREADABLE',
        names: ['nowhere'],
      },
      {
        ...known,
        what: 'a size',
        args: ['store', 'prune', '--max-size', 'big'],
        code: 'OPTION_NOT_A_NUMBER',
        names: ['big'],
      },
      {
        ...known,
        what: 'a key to set',
        args: ['status', '--set', 'concurency=2'],
        code: 'CONFIG_UNKNOWN_KEY',
        names: ['concurency', 'Did you mean \\"concurrency\\"'],
      },
      {
        ...known,
        what: 'a value to set',
        args: ['status', '--set', 'concurrency=none'],
        code: 'CONFIG_INVALID_VALUE',
        names: ['concurrency', 'integer'],
      },
      {
        ...known,
        what: 'a setting without a value',
        args: ['status', '--set', 'concurrency'],
        code: 'CONFIG_SET_FORM',
        names: ['--set concurrency', 'PATH=VALUE'],
      },
      {
        ...known,
        what: 'a configuration file',
        args: ['status', '--config', 'no.json'],
        code: 'CONFIG_NOT_FOUND',
        names: ['no.json'],
      },
      { ...known, what: 'nothing to rebuild', args: ['rebuild'], code: 'REBUILD_WHAT', names: ['--all'] },
      {
        exit: 3,
        what: 'a release',
        args: ['lock', 'fake', '1.0.1'],
        code: 'RELEASE_UNKNOWN',
        names: ['1.0.1', 'fake'],
      },
    ],
  );

  it('the remedy of an unlocked version can be typed as it stands', async () => {
    const [error] = toldBy(await run(place, ['acquire', 'fake', '1.0.1', '--json']));
    expect(error?.remedy).toContain('cliparity lock fake 1.0.1');
    expect(error?.remedy).not.toContain(TOOL);
  });
});

describe('the command line itself', () => {
  it.each([
    [['stauts'], /unknown command 'stauts'[\s\S]*Did you mean status\?/],
    [['status', '--jsno'], /unknown option '--jsno'[\s\S]*Did you mean --json\?/],
    [['acquire', 'fake'], /missing required argument 'version'/],
    [['status', 'fake', 'more'], /too many arguments/],
    [['status', '--color', 'often'], /always/],
    [['store', 'burn'], /prune/],
    [['status', '--reporter'], /argument missing/],
  ])('refuses %j with exit 2 and says what was meant', async (words, message) => {
    const ran = await run(place, words);
    expect([ran.exit, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(message);
  });

  it('answers with one JSON document about wrong words too when --json is asked for', async () => {
    const ran = await run(place, ['--json', 'stauts']);
    expect(ran.exit).toBe(2);
    expect(documentOf(ran)).toMatchObject({ schema_version: 1, kind: 'error' });
  });

  it('describes an error as every other result: what it says stands beside schema_version and kind', async () => {
    const document = documentOf(await run(place, ['status', 'fkae', '--json']));
    expect(document).toMatchObject({ schema_version: 1, kind: 'error', code: 'ROOT_UNKNOWN' });
    expect(Object.keys(document)).not.toContain('view');
  });

  it('prints the version for --version as the first word', async () => {
    const ran = await startRaw(place, ['--version']).ended;
    expect([ran.exit, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    ['after a global option', ['--json', '--version']],
    ['after a command', ['status', '--version']],
  ])('refuses --version %s instead of passing over it', async (_, words) => {
    const ran = await run(place, words);
    expect([ran.exit, ran.stderr]).toEqual([2, expect.stringMatching(/\S/)]);
  });

  it('takes the workspace before and after the command', async () => {
    const elsewhere = { cwd: place.home };
    const before = await startRaw(place, ['-C', place.workspace, 'status', '--json'], elsewhere).ended;
    const after = await startRaw(place, ['status', '--json', '-C', place.workspace], elsewhere).ended;
    const short = await startRaw(place, ['status', '--json', `--workspace=${place.workspace}`], elsewhere).ended;
    expect(before.exit).toBe(0);
    expect(JSON.stringify(documentOf(before))).toContain('1.0.0');
    expect([after, short]).toEqual([before, before]);
  });

  it.each([['validate'], ['due'], ['matrix'], ['rebuild', '--all']])(
    'refuses to pass where it finds no root: %s',
    async (...words) => {
      const ran = await run(place, [...words, '--manifests', 'nowhere']);
      expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining('ROOTS_NONE')]);
    },
  );

  it('refuses a workspace that does not exist', async () => {
    const ran = await startRaw(place, ['-C', join(place.base, 'nowhere'), 'status', '--json']).ended;
    expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining('nowhere')]);
  });

  it('takes a unit as findings name it, too', async () => {
    const [typed, named] = [['run', '--', '--dry-run'], ['flag:run/--dry-run']];
    const said = async (words: readonly string[]) => (await run(place, ['explain', 'fake', ...words])).stdout;
    expect(await said(named)).toContain('fake run --dry-run');
    expect(await said(named)).toBe(await said(typed));
  });

  it('ends quietly when the reader of its output goes away', async () => {
    const running = startRaw(place, ['explain', '--help']);
    running.child.stdout?.destroy();
    const ran = await running.ended;
    expect(ran.stderr).not.toMatch(/EPIPE|node:events/);
  });
});

describe('options for every command', () => {
  it('--set overrides one key of the configuration', async () => {
    const at = copyPlace(place);
    put(join(at.workspace, 'cliparity.config.json'), { manifests: 'elsewhere' });
    expect(documentOf(await run(at, ['status', '--json']))).toMatchObject({ roots: [] });
    const ran = await run(at, ['status', '--json', '--set', 'manifests=cli_manifests']);
    expect(documentOf(ran)).toMatchObject({ roots: [{ cli: 'fake' }] });
  });

  it('--reporter NAME=FILE writes there, and standard output stays the terminal’s', async () => {
    const at = copyPlace(place);
    const ran = await run(at, ['report', 'fake', '1.0.0', '--reporter', 'markdown=out.md']);
    const file = readFileSync(join(at.workspace, 'out.md'), 'utf8');
    expect([ran.exit, ran.stdout]).toEqual([0, expect.stringContaining('run')]);
    expect(file).toMatch(/\| ?-+/);
    expect(file).not.toBe(ran.stdout);
  });

  it('--reporter names the file it cannot write', async () => {
    const at = copyPlace(place);
    const before = committed(at);
    const ran = await run(at, ['status', '--json', '--reporter', 'markdown=no/such/folder/out.md']);
    expect([ran.exit, ran.stderr]).toEqual([expect.any(Number), expect.stringContaining('out.md')]);
    expect([2, 3]).toContain(ran.exit);
    expect(ran.stderr).not.toContain('INTERNAL');
    expect(committed(at)).toEqual(before);
  });

  it('--quiet says nothing on standard error', async () => {
    const at = copyPlace(place);
    const loud = await run(at, ['report', 'fake', '1.0.0', '--chain']);
    const quiet = await run(at, ['report', 'fake', '1.0.0', '--chain', '--quiet']);
    expect([loud.exit, quiet.exit, quiet.stderr]).toEqual([0, 0, '']);
    expect(loud.stderr).not.toBe('');
  });
});
