import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { versionMetadata } from '@cliparity/lifecycle';
import {
  compareFlags,
  LockSchema,
  serialize,
  sha256,
  SnapshotSchema,
  type Command,
  type Lock,
  type LockEntry,
  type Manifest,
  type Snapshot,
  type Union,
  type WrapperCoverage,
} from '@cliparity/model';
import { deriveMetadata, deriveReports, deriveUnion, folderView, type RootFacts } from '@cliparity/rules';
import { snapshotProvenance } from '@cliparity/surface';

const TARGETS = {
  'x86_64-unknown-linux-musl': { os: 'linux', arch: 'x86_64' },
  'aarch64-unknown-linux-musl': { os: 'linux', arch: 'aarch64' },
  'aarch64-apple-darwin': { os: 'macos', arch: 'aarch64' },
  'x86_64-pc-windows-msvc': { os: 'windows', arch: 'x86_64' },
} as const;
type TargetName = keyof typeof TARGETS;
const NAMES = Object.keys(TARGETS) as readonly TargetName[];
/** So many of the real commands, the shortest paths first: the files stay small enough that a thousand versions fit a scratch folder. */
const COMMANDS = 12;
const AT = '2026-01-02T03:04:05Z';

/** How versions differ: in one command each, as releases of a week do, or in every text of every command. */
export type Novelty = 'one command' | 'everything';
export interface TreeOptions {
  readonly versions: number;
  readonly novelty: Novelty;
}

const DIALECT = { id: 'clap', revision: 1 };
const SETTINGS = sha256('settings');
const entryOf = (version: string, target: string): LockEntry => ({
  semantic_version: version,
  target_triple: target,
  kind: 'file',
  published_at: AT,
  locator: `npm:made@${version}`,
  asset_name: `made-${version}.tgz`,
  sha256: sha256(`asset ${version} ${target}`),
  size_bytes: 1000,
  format: 'tar.gz',
  member: `package/${target}`,
  binary_sha256: sha256(`binary ${version} ${target}`),
  binary_size_bytes: 5000,
});

function renewed(command: Command, word: string): Command {
  const about = (text = ''): string => `${text.replace(/ \[r\d+\]$/, '')} [r${word}]`;
  const { flags, args } = command;
  return {
    ...command,
    about: about(command.about),
    ...(args !== undefined && { args: args.map((arg) => ({ ...arg, about: about(arg.about) })) }),
    ...(flags !== undefined && { flags: flags.map((flag) => ({ ...flag, about: about(flag.about) })) }),
    help_sha256: sha256(`${command.path.join(' ')} ${word}`),
  };
}

/** Windows has a flag that the others lack, as real programs do. */
function seenOn(commands: readonly Command[], target: TargetName): Command[] {
  if (TARGETS[target].os !== 'windows') return [...commands];
  const extra = { key: '--windows-only', long: '--windows-only', takes_value: false, about: 'Only there.' };
  return commands.map((command, i) =>
    i === 1 ? { ...command, flags: [...(command.flags ?? []), extra].sort(compareFlags) } : command,
  );
}

/** The facts of such a root, over the files in a folder. */
export function treeFacts(folder: string): RootFacts {
  const manifest = JSON.parse(readFileSync(join(folder, 'cliparity.json'), 'utf8')) as Manifest;
  const systems = Object.fromEntries(NAMES.map((name) => [name, TARGETS[name].os]));
  const provenanceOf = (entry: LockEntry) =>
    snapshotProvenance({
      manifest,
      entry,
      target: { id: entry.target_triple, ...TARGETS[entry.target_triple as TargetName] },
      dialect: DIALECT,
      settingsSha256: SETTINGS,
      collectedAt: AT,
    });
  return { view: folderView(folder), prefix: 'cli_manifests/made/', manifest, systems, provenanceOf };
}

interface Writer {
  readonly facts: RootFacts;
  readonly wrapper: { readonly text: string; readonly value: WrapperCoverage };
  readonly put: (path: string, text: string) => void;
}

function writeVersion({ facts, wrapper, put }: Writer, version: string, commands: readonly Command[]): void {
  const snapshots = new Map(
    NAMES.map((target) => {
      const entry = entryOf(version, target);
      const value: Snapshot = {
        snapshot_schema_version: 3,
        tool: facts.manifest.tool,
        collected_at: AT,
        binary: {
          sha256: entry.binary_sha256,
          size_bytes: entry.binary_size_bytes,
          platform: TARGETS[target],
          target_triple: target,
          version_output: `made ${version}`,
          semantic_version: version,
          channel: 'stable',
        },
        provenance: facts.provenanceOf?.(entry) ?? { inputs: [] },
        commands: seenOn(commands, target),
      };
      const text = serialize(SnapshotSchema, value);
      put(`snapshots/${version}/${target}.json`, text);
      return [target as string, { value, text }];
    }),
  );
  const union = deriveUnion(facts, version, snapshots);
  put(union.path, union.text);
  const read = { text: union.text, value: JSON.parse(union.text) as Union };
  for (const { path, text } of deriveReports(facts, read, wrapper)) put(path, text);
  const entries = NAMES.map((target) => entryOf(version, target));
  const parts = { version, union: read.value, requiredTarget: NAMES[0] as string, hasReports: true, updatedAt: AT };
  const pinned = new Map(entries.map((entry) => [entry.target_triple, entry.binary_sha256]));
  const existing = versionMetadata({ ...parts, pinned, coverage: undefined, policy: 'linux_first_v1', inputs: [] });
  const metadata = deriveMetadata(facts, { version, union: read, wrapper, hasReports: true, entries, existing });
  put(metadata.path, metadata.text);
}

/**
 * Writes a root of many versions on four targets, every derived file as it must be, made out of the committed snapshot of codex 0.92.0.
 * @param workspace absolute path of this workspace
 * @param folder where the root goes; made when it is not there
 */
export function writeVersionTree(workspace: string, folder: string, { versions, novelty }: TreeOptions): void {
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const real = join(workspace, 'cli_manifests/codex');
  const at = join(real, 'snapshots/0.92.0/x86_64-unknown-linux-musl.json');
  const first = JSON.parse(readFileSync(at, 'utf8')) as Snapshot;
  const wrapper = readFileSync(join(real, 'wrapper_coverage.json'), 'utf8');
  let commands: readonly Command[] = first.commands.slice(0, COMMANDS);
  const targets = { required: NAMES[0] as string, expected: [...NAMES] };
  const manifest: Manifest = { manifest_schema_version: 1, tool: 'made-cli', binary: 'made', sources: [], targets };
  put('cliparity.json', `${JSON.stringify(manifest, null, 2)}\n`);
  put('wrapper_coverage.json', wrapper);
  const entries: LockEntry[] = [];
  const facts = treeFacts(folder);
  for (let i = 0; i < versions; i += 1) {
    const version = `1.${String(i)}.0`;
    commands = commands.map((command, k) =>
      novelty === 'everything' || k === i % COMMANDS ? renewed(command, String(i)) : command,
    );
    entries.push(...[...NAMES].sort().map((target) => entryOf(version, target)));
    writeVersion(
      { facts, wrapper: { text: wrapper, value: JSON.parse(wrapper) as WrapperCoverage }, put },
      version,
      commands,
    );
  }
  const lock: Lock = { version: 2, tool: manifest.tool, artifacts: entries };
  put('artifacts.lock.json', serialize(LockSchema, lock));
}
