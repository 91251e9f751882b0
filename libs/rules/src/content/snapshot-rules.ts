import {
  canonicalText,
  finding,
  SnapshotSchema,
  type Finding,
  type LockEntry,
  type Snapshot,
  type Supplement,
} from '@cliparity/model';
import { snapshotProvenance } from '@cliparity/surface';
import type { RootFacts } from './root-facts.js';
import { readRootFile, type ReadFile, type RootFile } from './root-file.js';
import { unitFindings } from './unit-rules.js';

/** The snapshots of one version that are in order, and what is wrong with the others. */
export interface ReadSnapshots {
  readonly good: ReadonlyMap<string, RootFile<Snapshot>>;
  readonly findings: readonly Finding[];
}

/** What snapshots are judged with. */
export interface SnapshotBench {
  readonly facts: RootFacts;
  /** The lock's, by version. */
  readonly entries: ReadonlyMap<string, readonly LockEntry[]>;
  readonly supplement: Supplement | undefined;
}

/** Reads the snapshots of one version, of every expected target that has one. */
export async function readSnapshots(bench: SnapshotBench, version: string): Promise<ReadSnapshots> {
  const { facts, entries, supplement } = bench;
  const good = new Map<string, RootFile<Snapshot>>();
  const findings: Finding[] = [];
  for (const target of facts.manifest.targets.expected) {
    const path = `snapshots/${version}/${target}.json`;
    const read = await readSnapshotFile(facts, path);
    if (read.kind === 'absent') continue;
    const entry = entries.get(version)?.find((one) => one.target_triple === target);
    const place = { facts, version, target, entry, supplement };
    const found = read.kind === 'bad' ? read.findings : snapshotFindings(read.file.value, place);
    findings.push(...found);
    if (read.kind === 'good' && found.length === 0) good.set(target, read.file);
  }
  return { good, findings: [...findings, ...mixedDialects(facts, version, good)] };
}

async function readSnapshotFile(facts: RootFacts, path: string): Promise<ReadFile<Snapshot>> {
  const state = facts.view.read(path);
  const file = state.kind === 'file' ? await facts.memo?.surfaces.read(state.bytes) : undefined;
  if (file !== undefined) return { kind: 'good', file };
  return readRootFile(facts, path, { schema: SnapshotSchema, form: 'written', state });
}

interface Place {
  readonly facts: RootFacts;
  readonly version: string;
  readonly target: string;
  readonly entry: LockEntry | undefined;
  readonly supplement: Supplement | undefined;
}

/** The first thing that is wrong with who a snapshot is; then what its units are. */
function snapshotFindings(snapshot: Snapshot, place: Place): readonly Finding[] {
  const { facts, version, target } = place;
  const file = `${facts.prefix}snapshots/${version}/${target}.json`;
  const identity = identityFinding(snapshot, place);
  if (identity === undefined) return unitFindings({ file, commands: snapshot.commands, isUnion: false });
  return [finding({ ...identity, file, target })];
}

type Problem = { readonly code: string; readonly message: string; readonly help?: string } | undefined;

/** Tag = lock = digest = `--version`, in that order. */
function identityFinding(snapshot: Snapshot, place: Place): Problem {
  const { binary, tool } = snapshot;
  const { facts, version, target, entry } = place;
  const { semantic_version: own, target_triple: triple, version_output: said } = binary;
  if (triple !== target || own !== version)
    return {
      code: 'SNAPSHOT_MISPLACED',
      message: `the snapshot of ${own} on ${triple} lies where ${version} on ${target} belongs`,
    };
  if (tool !== facts.manifest.tool)
    return {
      code: 'SNAPSHOT_OF_OTHER_TOOL',
      message: `the snapshot is of ${tool}, the root of ${facts.manifest.tool}`,
    };
  if (entry === undefined)
    return { code: 'SNAPSHOT_NOT_LOCKED', message: `the lock pins no binary of ${version} on ${target}` };
  if (entry.binary_sha256 !== binary.sha256 || entry.binary_size_bytes !== binary.size_bytes)
    return { code: 'SNAPSHOT_NOT_OF_LOCK', message: 'the snapshot was taken from another binary than the lock pins' };
  if (!saysVersion(said, version))
    return { code: 'VERSION_OUTPUT_DIFFERS', message: `the binary calls itself "${said}", the lock ${version}` };
  if (isUpToDate(snapshot, entry, place)) return undefined;
  return {
    code: 'SNAPSHOT_STALE',
    message: 'the snapshot was made with other settings, dialect or supplement',
    help: `Derive it again: cliparity snapshot ${facts.prefix.split('/').at(-2) ?? ''} ${version} --target ${target}`,
  };
}

/**
 * Whether the provenance is what it would be today. Dialect and settings are asked of the plugins when they are there, else taken from the
 * snapshot: the rest follows from the root's own files.
 */
function isUpToDate(snapshot: Snapshot, entry: LockEntry, { facts, supplement, target }: Place): boolean {
  const { provenance, collected_at } = snapshot;
  const { dialect, settings_sha256 = '' } = provenance;
  if (dialect === undefined) return false;
  const today =
    facts.provenanceOf?.(entry) ??
    snapshotProvenance({
      manifest: facts.manifest,
      entry,
      target: { id: target, os: facts.systems[target] ?? 'any', arch: snapshot.binary.platform.arch },
      // An empty list adds nothing and is not recorded.
      ...(supplement !== undefined && supplement.commands.length > 0 && { supplement }),
      dialect,
      settingsSha256: settings_sha256,
      collectedAt: entry.published_at ?? collected_at,
    });
  const isOfThatTime = entry.published_at === undefined || entry.published_at === collected_at;
  return isOfThatTime && canonicalText(today) === canonicalText(provenance);
}

/** Whether a text names a version as a whole word. */
export function saysVersion(text: string, version: string): boolean {
  return text.split(/[^0-9A-Za-z.+-]+/).some((word) => word === version || word === `v${version}`);
}

/** Snapshots of one version read by different dialects or settings: their differences would pass for differences between platforms. */
function mixedDialects(
  { prefix, manifest }: RootFacts,
  version: string,
  good: ReadonlyMap<string, RootFile<Snapshot>>,
): readonly Finding[] {
  const required = good.get(manifest.targets.required) ?? [...good.values()][0];
  const readBy = ({ provenance }: Snapshot): string => JSON.stringify(provenance.dialect ?? null);
  return [...good].flatMap(([target, { value }]) => {
    if (required === undefined || readBy(value) === readBy(required.value)) return [];
    const file = `${prefix}snapshots/${version}/${target}.json`;
    const message = `${file} was read by ${readBy(value)}, the others by ${readBy(required.value)}`;
    return [finding({ code: 'UNION_MIXED_DIALECTS', message, file, target })];
  });
}
