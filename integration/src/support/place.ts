import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HOST_TARGET, OTHER_TARGET, TOOL } from './fake-upstream.js';

/** A workspace of a test's own with one root, `fake`, and all that a run could write to. Absolute paths. */
export interface Place {
  /** Holds everything below. */
  readonly base: string;
  readonly workspace: string;
  /** `cli_manifests/fake` */
  readonly root: string;
  readonly store: string;
  readonly home: string;
  /** The folder that the local source looks into: `<version>/<target>/fake`. */
  readonly upstream: string;
}

const made: string[] = [];

/** A new folder that `removePlaces` deletes. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cliparity-e2e-')));
  made.push(folder);
  return folder;
}

/** For `afterAll`. */
export function removePlaces(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

const placeAt = (base: string): Place => ({
  base,
  workspace: join(base, 'workspace'),
  root: join(base, 'workspace/cli_manifests/fake'),
  store: join(base, 'store'),
  home: join(base, 'home'),
  upstream: join(base, 'workspace/upstream'),
});

/** The manifest of the root; `changes` replaces top-level keys. */
export function manifestWith(changes: object = {}): object {
  return {
    manifest_schema_version: 1,
    tool: TOOL,
    binary: 'fake',
    dialect: 'clap',
    sources: [{ use: 'local', settings: { path: '../../upstream', name: 'fake' } }],
    targets: { required: HOST_TARGET, expected: [HOST_TARGET, OTHER_TARGET] },
    wrapper: { name: 'fake-wrapper' },
    ...changes,
  };
}

const WRAPPER_COVERAGE = {
  schema_version: 2,
  wrapper: 'fake-wrapper',
  coverage: [{ path: [], level: 'explicit', flags: [{ key: '--verbose', level: 'explicit' }] }],
};

/** Writes a file and its folders; a value that is no text as JSON. */
export function put(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const raw = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, raw ? content : `${JSON.stringify(content, null, 2)}\n`);
}

/** A JSON file, changed in place by `edit`. */
export function editJson<T>(path: string, edit: (value: T) => void): void {
  const value = JSON.parse(readFileSync(path, 'utf8')) as T;
  edit(value);
  put(path, value);
}

/** A workspace whose root was just written by hand: nothing locked, nothing in the store. */
export function makePlace(changes: object = {}, base = newFolder()): Place {
  const place = placeAt(base);
  for (const folder of [place.workspace, place.home]) mkdirSync(folder, { recursive: true });
  put(join(place.root, 'cliparity.json'), manifestWith(changes));
  put(join(place.root, 'wrapper_coverage.json'), WRAPPER_COVERAGE);
  return place;
}

/** The same place elsewhere, with the times of its files: the store knows them. Programs keep reading their texts at the first place. */
export function copyPlace(place: Place): Place {
  const copy = newFolder();
  execFileSync('cp', ['-a', `${place.base}/.`, copy]);
  return placeAt(copy);
}

/** As on another machine: the lock is there, no binary is. (`store prune` keeps what a lock still names.) */
export function emptyStore(place: Place): void {
  rmSync(place.store, { recursive: true, force: true });
}
