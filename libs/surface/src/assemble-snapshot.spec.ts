import { describe, expect, it } from '@jest/globals';
import { sha256 } from '@cliparity/model';
import type { Flag, LockEntry, Manifest, PageSurface } from '@cliparity/model';
import { assembleSnapshot } from './assemble-snapshot.js';
import { snapshotProvenance, type ReadPage, type SnapshotParts } from './snapshot-parts.js';

const manifest: Manifest = {
  manifest_schema_version: 1,
  tool: 'tool-cli',
  binary: 'tool',
  sources: [{ use: 'npm' }],
  targets: { required: 'linux-x64', expected: ['linux-x64'] },
};
const entry: LockEntry = {
  semantic_version: '1.2.3-beta.1',
  target_triple: 'linux-x64',
  kind: 'file',
  locator: 'npm:tool@1.2.3-beta.1',
  asset_name: 'tool.tgz',
  sha256: 'a'.repeat(64),
  size_bytes: 10,
  format: 'tar.gz',
  binary_sha256: 'b'.repeat(64),
  binary_size_bytes: 20,
};
const page = (path: string[], surface: Partial<PageSurface>): ReadPage => ({
  path,
  surface: { usage: [], commands: [], flags: [], args: [], unexplained: [], ...surface },
  help_sha256: sha256(path.join(' ')),
});
const flag = (long: string, rest: Partial<Flag> = {}): Flag => ({ key: long, long, takes_value: false, ...rest });
const parts = (pages: ReadPage[], change: Partial<SnapshotParts> = {}): SnapshotParts => ({
  manifest,
  entry,
  target: { id: 'linux-x64', os: 'linux', arch: 'x64' },
  pages,
  versionOutput: 'tool 1.2.3-beta.1 (0a1b2c3d)',
  omissions: [],
  dialect: { id: 'clap', revision: 3 },
  settingsSha256: 'c'.repeat(64),
  collectedAt: '2026-01-02T03:04:05Z',
  ...change,
});
const commandsOf = (pages: ReadPage[], change: Partial<SnapshotParts> = {}) =>
  assembleSnapshot(parts(pages, change)).commands;

describe('assembleSnapshot', () => {
  it('says which binary it is of, on the target’s platform', () => {
    expect(assembleSnapshot(parts([page([], {})]))).toMatchObject({
      binary: {
        sha256: 'b'.repeat(64),
        size_bytes: 20,
        platform: { os: 'linux', arch: 'x86_64' },
        target_triple: 'linux-x64',
        version_output: 'tool 1.2.3-beta.1 (0a1b2c3d)',
        semantic_version: '1.2.3-beta.1',
        channel: 'beta',
        commit: '0a1b2c3d',
      },
      provenance: { dialect: { id: 'clap', revision: 3 }, settings_sha256: 'c'.repeat(64) },
    });
  });
  it('fills a command’s page with what its parent’s row says, and lists a row without a page', () => {
    const rows = [
      { name: 'run', aliases: ['r'], about: 'row text', group: 'Core' },
      { name: 'ghost', about: 'never asked', hidden: true },
    ];
    expect(commandsOf([page([], { commands: rows }), page(['run'], { usage: ['tool run'] })])).toEqual([
      { path: [], help_sha256: sha256('') },
      { path: ['ghost'], about: 'never asked', hidden: true },
      {
        path: ['run'],
        about: 'row text',
        usage: ['tool run'],
        help_sha256: sha256('run'),
        aliases: ['r'],
        group: 'Core',
      },
    ]);
  });
  it('lets the page’s own description win over the row’s', () => {
    const [, run] = commandsOf([
      page([], { commands: [{ name: 'run', about: 'row' }] }),
      page(['run'], { about: 'page' }),
    ]);
    expect(run?.about).toBe('page');
  });
  it('joins two rows of one key: the first counts, the later one fills in', () => {
    const [root] = commandsOf([
      page([], {
        flags: [
          flag('--b', { about: 'first', choices: ['x'] }),
          flag('--a'),
          flag('--b', { about: 'later', takes_value: true, value_name: 'V', choices: ['x', 'y'] }),
        ],
        args: [
          { name: 'Z', required: true, variadic: false },
          { name: 'A', required: false, variadic: false },
          { name: 'Z', required: false, variadic: true, about: 'z' },
        ],
      }),
    ]);
    expect(root?.flags).toEqual([
      flag('--a'),
      flag('--b', { about: 'first', takes_value: true, value_name: 'V', choices: ['x', 'y'] }),
    ]);
    expect(root?.args).toEqual([
      { name: 'A', required: false, variadic: false },
      { name: 'Z', required: true, variadic: true, about: 'z' },
    ]);
  });
  it('never holds two commands of one path, nor two flags of one key, when a page comes twice', () => {
    const commands = commandsOf([
      page([], { flags: [flag('--a')] }),
      page([], { flags: [flag('--a', { env: 'A' }), flag('--b')] }),
    ]);
    expect(commands).toHaveLength(1);
    expect(commands[0]?.flags).toEqual([flag('--a', { env: 'A' }), flag('--b')]);
  });
  it('applies a supplement only on the systems it names and says so', () => {
    const supplement = {
      version: 1 as const,
      commands: [
        { path: ['b', 'c'], platforms: ['linux' as const], note: 'n' },
        { path: ['mac'], platforms: ['macos' as const], note: 'n' },
        { path: ['a'], note: 'n' },
        { path: ['known'], note: 'n' },
      ],
    };
    const made = assembleSnapshot(
      parts([page([], {}), page(['known'], {})], { supplement, omissions: ['timeout: x'] }),
    );
    expect(made.commands.map((command) => command.path)).toEqual([[], ['a'], ['b', 'c'], ['known']]);
    expect(made.commands[2]).toEqual({ path: ['b', 'c'], platforms: ['linux'] });
    expect(made.known_omissions).toEqual([
      'timeout: x',
      'supplement/commands.json:v1:a',
      'supplement/commands.json:v1:b c',
    ]);
  });
  it('keeps no text of a proprietary upstream, only digests', () => {
    const secret = 'SECRET WORDS';
    const made = assembleSnapshot(
      parts(
        [
          page([], {
            about: secret,
            usage: [secret],
            unexplained: [secret],
            commands: [{ name: 'run', about: secret }],
            flags: [flag('--m', { about: secret, choices: ['fast'], choice_about: { fast: secret } })],
            args: [{ name: 'P', required: true, variadic: false, about: secret }],
          }),
        ],
        {
          manifest: { ...manifest, texts: 'digest' },
          features: { mode: 'default', probe_error: secret },
        },
      ),
    );
    expect(JSON.stringify(made)).not.toContain(secret);
    expect(made.commands[0]).toMatchObject({
      about_sha256: sha256(secret),
      usage: [`sha256:${sha256(secret)}`],
      unexplained: [`sha256:${sha256(secret)}`],
      flags: [{ about_sha256: sha256(secret), choices: ['fast'], choice_about: { fast: `sha256:${sha256(secret)}` } }],
      args: [{ about_sha256: sha256(secret) }],
    });
    expect(made.commands[1]).toEqual({ path: ['run'], about_sha256: sha256(secret) });
  });
  it('needs the root’s page', () => {
    expect(() => commandsOf([page(['run'], {})])).toThrow(expect.objectContaining({ code: 'ROOT_PAGE_MISSING' }));
  });
});

describe('snapshotProvenance', () => {
  it('changes with the binary and the settings, not with who else ships the binary', () => {
    const base = parts([]);
    const { locator, asset_name, size_bytes, format } = entry;
    const provider = { locator, asset_name, size_bytes, format, sha256: 'f'.repeat(64) };
    const same = { ...base, entry: { ...entry, providers: [provider] } };
    expect(snapshotProvenance(same)).toEqual(snapshotProvenance(base));
    const changed = { ...base, entry: { ...entry, binary_sha256: 'f'.repeat(64) } };
    expect(snapshotProvenance(changed)).not.toEqual(snapshotProvenance(base));
    expect(snapshotProvenance({ ...base, manifest: { ...manifest, texts: 'digest' } })).not.toEqual(
      snapshotProvenance(base),
    );
  });
});
