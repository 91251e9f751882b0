import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { mustRun, run, type Ran } from './support/command.js';
import { HOST_TARGET, makeUpstream } from './support/fake-upstream.js';
import { listen, type Loopback } from './support/loopback.js';
import { makeNewPlace } from './support/new-place.js';
import { packed } from './support/npm-registry.js';
import { nx, withNx } from './support/nx.js';
import { put, removePlaces, type Place } from './support/place.js';
import { documentOf, expectRefusal } from './support/refusals.js';
import { digestsBelow, filesBelow } from './support/traces.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

const INIT = [
  'init',
  '--yes',
  '--path',
  '../upstream',
  '--binary',
  'fake',
  '--dialect',
  'clap',
  '--required',
  HOST_TARGET,
];
const PLACES: readonly (readonly [what: string, files: Readonly<Record<string, unknown>>, wrapper: string])[] = [
  ['an empty folder', {}, 'fake-wrapper'],
  ['a package', { 'package.json': { name: '@me/wrapper', version: '1.0.0' } }, '@me/wrapper'],
  [
    'a Python repository',
    { 'pyproject.toml': '[build-system]\nrequires = []\n[project]\nname = "py-wrapper"\n' },
    'py-wrapper',
  ],
  ['a Rust repository', { 'Cargo.toml': '[package]\nname = "rs-wrapper"\nversion = "0.1.0"\n' }, 'rs-wrapper'],
  [
    'an Elixir repository',
    { 'mix.exs': 'def project do\n  [app: :ex_wrapper, version: "0.1.0"]\nend\n' },
    'ex_wrapper',
  ],
];

const viewOf = async (place: Place, words: readonly string[]): Promise<Ran> => mustRun(place, words);
/** The commands that a result names as the next ones, as words. */
const nextOf = ({ stdout }: Ran): readonly string[][] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('→ cliparity '))
    .map((line) => line.split(' ').slice(2));

describe.each(PLACES)('in %s', (_, files, wrapper) => {
  let place: Place;
  beforeAll(async () => {
    place = await makeNewPlace(files);
  });

  it('tells with --dry-run what it would write, and writes nothing', async () => {
    const before = digestsBelow(place.workspace);
    const ran = await run(place, [...INIT, '--dry-run', '--json']);
    expect({ exit: ran.exit, ...documentOf(ran) }).toMatchObject({
      exit: 0,
      kind: 'started',
      cli: 'fake',
      dry_run: true,
    });
    expect(digestsBelow(place.workspace)).toEqual(before);
  });

  it('writes a root whose next steps work as they are printed', async () => {
    const ran = await viewOf(place, INIT);
    const made = filesBelow(place.workspace).filter(
      (file) => !file.startsWith('.cliparity/') && files[file] === undefined,
    );
    expect(made).toEqual([
      '.gitattributes',
      '.gitignore',
      'cli_manifests/cliparity.schema.json',
      'cli_manifests/fake/cliparity.json',
      'cli_manifests/fake/wrapper_coverage.json',
    ]);
    expect(nextOf(ran)).toEqual([
      ['lock', 'fake', '1.0.0'],
      ['report', 'fake', '1.0.0', '--chain'],
    ]);
    for (const words of nextOf(ran)) expect(await mustRun(place, words)).toMatchObject({ exit: 0 });
    expect(existsSync(join(place.root, 'reports/1.0.0/coverage.any.json'))).toBe(true);
    expect(await run(place, ['validate'])).toMatchObject({ exit: 0 });
  });

  it('names a schema that can be read where it lies, and keeps to it', () => {
    const file = join(place.root, 'cliparity.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { $schema: string; wrapper: { name: string } };
    const schema = JSON.parse(readFileSync(resolve(dirname(file), manifest.$schema), 'utf8')) as object;
    const check = new Ajv2020({ strict: false }).compile(schema);
    expect([check(manifest), check.errors]).toEqual([true, null]);
    expect(check({ ...manifest, targets: {} })).toBe(false);
    expect(manifest.wrapper.name).toBe(wrapper);
  });

  it('says the second time that it was here, and changes nothing', async () => {
    const before = digestsBelow(place.workspace);
    for (const words of [INIT, ['init', '--yes'], ['init', 'fake', '--yes']]) {
      expect((await mustRun(place, words)).stdout).toContain('fake is set up already');
    }
    const other = await run(place, [...INIT.slice(0, -2), '--required', 'any', '--json']);
    expectRefusal(other, {
      exit: 2,
      code: 'INIT_WOULD_OVERWRITE',
      names: ['cli_manifests/fake/cliparity.json', '--force'],
    });
    expect(digestsBelow(place.workspace)).toEqual(before);
    await mustRun(place, [...INIT.slice(0, -2), '--required', 'any', '--force']);
    expect(readFileSync(join(place.root, 'cliparity.json'), 'utf8')).toContain('"required": "any"');
  });
});

describe('with more asked for', () => {
  it('adds Nx to what is there, and the tasks run', async () => {
    const place = await withNx(await makeNewPlace());
    put(join(place.workspace, 'nx.json'), { analytics: false, cacheDirectory: '.nx/cache', neverConnectToCloud: true });
    const ran = await mustRun(place, [...INIT, '--nx']);
    expect(ran.stdout).toContain('→ npx nx run fake:report');
    const read = (name: string) =>
      JSON.parse(readFileSync(join(place.workspace, name), 'utf8')) as Record<string, unknown>;
    expect(read('nx.json')).toMatchObject({ analytics: false, plugins: ['@cliparity/nx'] });
    expect(Object.keys(read('package.json')['devDependencies'] as object)).toEqual([
      '@cliparity/nx',
      'cliparity',
      'nx',
    ]);
    // What `npm install` leaves, which the next step names: Nx knows packages by it.
    const integrity = `sha512-${'A'.repeat(86)}==`;
    const packages = { 'node_modules/@cliparity/nx': { version: '0.1.0', integrity } };
    put(join(place.workspace, 'package-lock.json'), { name: 'made-up', lockfileVersion: 3, packages });
    await mustRun(place, ['lock', 'fake', '1.0.0']);
    expect(await nx(place, ['run', 'fake:report'])).toMatchObject({ exit: 0, tasks: { 'fake@1.0.0:report': 'ran' } });
  });

  it('says in the configuration where the roots lie when that is another folder', async () => {
    const place = await makeNewPlace();
    await mustRun(place, ['--manifests', 'roots', ...INIT]);
    expect((await mustRun(place, ['status'])).stdout).toContain('fake');
    expectRefusal(await run(place, ['--manifests', '../roots', ...INIT, '--json']), {
      exit: 2,
      code: 'INIT_FOLDER_OUTSIDE',
      names: ['--manifests'],
    });
  });

  it('keeps what others wrote: a .gitignore, a wrapper coverage', async () => {
    const coverage = { schema_version: 2, wrapper: 'x', coverage: [] };
    const place = await makeNewPlace({ '.gitignore': 'target', 'cli_manifests/fake/wrapper_coverage.json': coverage });
    await mustRun(place, INIT);
    expect(readFileSync(join(place.workspace, '.gitignore'), 'utf8')).toBe(
      'target\n.cliparity/\ncli_manifests/*/raw_help/\n',
    );
    // A checkout must give the same bytes where Git would make other ends of lines.
    expect(readFileSync(join(place.workspace, '.gitattributes'), 'utf8')).toBe('cli_manifests/** -text\n');
    expect(JSON.parse(readFileSync(join(place.root, 'wrapper_coverage.json'), 'utf8'))).toEqual(coverage);
  });
});

describe('an upstream on npm', () => {
  const npmName = `${process.platform}-${process.arch}`;
  const optionalDependencies = { [`fake-${npmName}`]: `npm:fake@1.0.0-${npmName}` };
  let registry: Loopback;
  beforeAll(async () => {
    registry = await listen();
  });
  afterAll(() => registry.close());

  it('is found among the dependencies, with the place of its program, without a network', async () => {
    const place = await makeNewPlace({
      'package.json': { name: 'w', dependencies: { '@a/fake': '1.0.0' } },
      'node_modules/@a/fake/package.json': {
        name: '@a/fake',
        version: '1.0.0',
        bin: { fake: 'fake.js' },
        optionalDependencies: { '@a/fake-linux-x64': 'npm:@a/fake@1.0.0-linux-x64' },
      },
      'node_modules/@a/fake-linux-x64/vendor/x86_64-unknown-linux-musl/fake/fake': 'x',
    });
    await mustRun(place, ['init', '--yes']);
    expect(JSON.parse(readFileSync(join(place.root, 'cliparity.json'), 'utf8'))).toMatchObject({
      binary: 'fake',
      sources: [
        {
          use: 'npm',
          settings: {
            package: '@a/fake',
            layouts: [{ spec: '{version}-{npm}', member: 'vendor/{target}/fake/{binary}{exe}' }],
          },
        },
      ],
      targets: { required: 'x86_64-unknown-linux-musl' },
    });
  });

  it('is read from the registry when that may be asked; lock and report work on what was learnt', async () => {
    const place = await makeNewPlace({ '.npmrc': `registry=${registry.url}/\n` });
    const tarball = await packed(readFileSync((await makeUpstream(join(place.base, 'made'))).path));
    const versions = Object.fromEntries(
      ['1.0.0', `1.0.0-${npmName}`].map((version) => [
        version,
        {
          version,
          dist: { tarball: `${registry.url}/fake.tgz` },
          ...(version === '1.0.0' && { bin: 'fake.js', optionalDependencies }),
        },
      ]),
    );
    registry.answer = (request, response) =>
      void response.end(request.url === '/fake' ? JSON.stringify({ name: 'fake', versions }) : tarball);
    const asked = registry.asked.length;
    await mustRun(place, ['init', '--yes', '--package', 'fake', '--dry-run']);
    expect(registry.asked).toHaveLength(asked);
    const ran = await mustRun(place, ['init', '--yes', '--package', 'fake', '--dialect', 'clap', '--network']);
    for (const words of nextOf(ran)) await mustRun(place, words);
    expect(existsSync(join(place.root, `snapshots/1.0.0/${npmName}.json`))).toBe(true);
  });

  it('is an error when nobody knows it, or which one it is', async () => {
    const place = await makeNewPlace({ '.npmrc': `registry=${registry.url}/\n` });
    registry.answer = (_, response) => void response.end('{"versions":{}}');
    expectRefusal(await run(place, ['init', '--yes', '--package', 'fake', '--network', '--json']), {
      exit: 3,
      code: 'INIT_PACKAGE_UNKNOWN',
      names: ['fake'],
    });
    expectRefusal(await run(place, ['init', '--json']), { exit: 2, code: 'INIT_ANSWER_MISSING', names: ['--package'] });
    expectRefusal(await run(place, [...INIT, '--ci', 'githb', '--json']), {
      exit: 2,
      code: 'INIT_CHOICE_UNKNOWN',
      names: ['Did you mean \\"github\\"'],
    });
    expectRefusal(await run(place, ['init', '../x', '--yes', '--path', 'y', '--json']), {
      exit: 2,
      code: 'NAME_INVALID',
      names: ['../x'],
    });
    expect(filesBelow(place.workspace)).toEqual(['.npmrc']);
  });
});
