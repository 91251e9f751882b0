import assert from 'node:assert/strict';
import { ARCHIVE_FORMATS, SEMVER_PATTERN, type Semver } from '@cliparity/model';
import type { Asset, Io, Release, Source, Target } from '@cliparity/plugin-api';
import { partChecks } from './assertions.js';
import { registerContract, type Check, type TestApi } from './test-api.js';

/** A source and the place it is tried on: a server of the test's own on loopback, or a folder. */
export interface SourceCase {
  /** Called when the checks run, not before: servers start in `beforeAll`. */
  readonly source: () => Source | Promise<Source>;
  readonly io: () => Io;
  readonly targets: readonly Target[];
  /** A version that the place has, with at least one asset for the targets. */
  readonly version: Semver;
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const ABSENT = '987.654.321';

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

function assertRelease({ version, tag, publishedAt }: Release): void {
  assert.match(version, new RegExp(SEMVER_PATTERN));
  assert.ok(tag.length > 0, `${version} has an empty tag`);
  if (publishedAt !== undefined) assert.match(publishedAt, TIMESTAMP);
}

function assertAsset(asset: Asset, source: Source, targets: readonly Target[]): void {
  const { name, locator, size, digests, kind, entry, format } = asset;
  assert.ok(source.owns(locator), `${locator} is not its own`);
  assert.ok(
    targets.some(({ id }) => id === asset.target),
    `${asset.target} was not asked for`,
  );
  assert.ok(name.length > 0 && !name.includes('/') && !name.includes('\\'), `${name} is no file name`);
  assert.ok(size === undefined || (Number.isInteger(size) && size >= 0), `size is ${size}`);
  if (digests.sha256 !== undefined) assert.match(digests.sha256, /^[0-9a-f]{64}$/);
  assert.ok(ARCHIVE_FORMATS.includes(format), format);
  assert.ok(kind === 'file' || entry !== undefined, 'a tree without entry');
}

async function assertReadable(asset: Asset, source: Source, io: Io): Promise<void> {
  const whole = await source.open(asset.locator, 0, io);
  assert.equal(whole.start, 0, 'opened from 0 it starts elsewhere');
  const bytes = await collect(whole.body);
  if (whole.total !== undefined) assert.equal(bytes.length, whole.total, 'total is not what was sent');
  if (asset.size !== undefined) assert.equal(bytes.length, asset.size, 'size is not what was sent');
  const from = Math.floor(bytes.length / 2);
  const rest = await source.open(asset.locator, from, io);
  assert.ok(rest.start === 0 || rest.start === from, `opened from ${from} it starts at ${rest.start}`);
  assert.ok(bytes.subarray(rest.start).equals(await collect(rest.body)), 'resumed bytes differ');
}

/** What every source must do. */
export function sourceContract({ source, io, targets, version }: SourceCase): readonly Check[] {
  const assetsOf = async () => (await source()).assets(version, targets, io());
  return [
    { name: 'is a part', run: async () => partChecks(await source()).forEach(({ run }) => run()) },
    {
      name: 'lists releases, each version once, the tried one among them',
      run: async () => {
        const versions: string[] = [];
        for await (const release of (await source()).releases(io())) {
          assertRelease(release);
          versions.push(release.version);
        }
        assert.equal(new Set(versions).size, versions.length, 'a version is listed twice');
        assert.ok(versions.includes(version), `${version} is not listed`);
      },
    },
    {
      name: 'lists assets that it can open itself, at most one per target',
      run: async () => {
        const made = await source();
        const assets = await assetsOf();
        assert.ok(assets.length > 0, `${version} has no asset`);
        for (const asset of assets) assertAsset(asset, made, targets);
        assert.equal(new Set(assets.map(({ target }) => target)).size, assets.length, 'a target has two assets');
      },
    },
    { name: 'lists the same assets again', run: async () => assert.deepEqual(await assetsOf(), await assetsOf()) },
    {
      name: 'opens an asset from its beginning and from its middle',
      run: async () => {
        const [asset] = await assetsOf();
        assert.ok(asset !== undefined);
        await assertReadable(asset, await source(), io());
      },
    },
    {
      name: 'has nothing for a version that is not there: no asset, or an error with a code',
      run: async () => {
        const made = await source();
        const answer = await made.assets(ABSENT, targets, io()).catch((error: unknown) => error);
        const refused = answer instanceof Error && typeof (answer as { code?: unknown }).code === 'string';
        assert.ok(refused || (Array.isArray(answer) && answer.length === 0), `it answers ${String(answer)}`);
      },
    },
    {
      name: 'does not own every locator',
      run: async () => assert.equal((await source()).owns('cliparity-contract:no such thing'), false),
    },
  ];
}

/** Registers the contract of a source with the test runner. */
export function describeSource(title: string, example: SourceCase, api?: TestApi): void {
  registerContract(`source ${title}`, sourceContract(example), api);
}
