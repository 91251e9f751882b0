import {
  compareVersions,
  finding,
  LockSchema,
  pathText,
  SupplementSchema,
  unitId,
  WaiversSchema,
  WrapperCoverageSchema,
  type Finding,
  type Lock,
  type LockEntry,
  type Supplement,
  type Waivers,
  type WrapperCoverage,
} from '@cliparity/model';
import { compareBytes } from '@cliparity/model';
import { listAt } from '../engine/json-value.js';
import { bytesOf, entriesOf } from '../engine/root-view.js';
import { parseJson } from '../parity/parity-context.js';
import type { RootFacts } from './root-facts.js';
import { readRootFile, type RootFile } from './root-file.js';

/** The files of a root that no version owns. */
export interface SharedFiles {
  readonly lock: Lock | undefined;
  readonly wrapper: RootFile<WrapperCoverage> | undefined;
  readonly isWrapperBroken: boolean;
  readonly waivers: Waivers | undefined;
  readonly supplement: Supplement | undefined;
  readonly findings: readonly Finding[];
}

/** Reads lock, wrapper coverage, waivers and supplement, and says what is wrong with each. */
export async function readShared(facts: RootFacts): Promise<SharedFiles> {
  const lock = await readRootFile(facts, 'artifacts.lock.json', { schema: LockSchema, form: 'written' });
  const wrapper = await readRootFile(facts, 'wrapper_coverage.json', { schema: WrapperCoverageSchema, form: 'hand' });
  const waivers = await readRootFile(facts, 'waivers.json', { schema: WaiversSchema, form: 'hand' });
  const supplement = await readRootFile(facts, 'supplement/commands.json', { schema: SupplementSchema, form: 'hand' });
  const found = [lock, wrapper, waivers, supplement].flatMap((read) => (read.kind === 'bad' ? read.findings : []));
  // Reports are made from it: without it nothing can say any more whether they are right.
  const isWrapperGone = wrapper.kind === 'absent' && entriesOf(facts.view, 'reports').length > 0;
  const lockHelp = `Pin a version: cliparity lock ${facts.prefix.split('/').at(-2) ?? ''} VERSION`;
  return {
    lock: lock.kind === 'good' ? lock.file.value : undefined,
    wrapper: wrapper.kind === 'good' ? wrapper.file : undefined,
    isWrapperBroken: wrapper.kind === 'bad' || isWrapperGone,
    waivers: waivers.kind === 'good' ? waivers.file.value : undefined,
    supplement: supplement.kind === 'good' ? supplement.file.value : undefined,
    findings: [
      ...(lock.kind === 'absent' ? [missing(facts, 'artifacts.lock.json', lockHelp)] : []),
      ...(isWrapperGone ? [missing(facts, 'wrapper_coverage.json', WRAPPER_HELP)] : []),
      ...found,
      ...(lock.kind === 'good' ? lockFindings(facts, lock.file) : []),
    ],
  };
}

const WRAPPER_HELP = 'Restore it from version control: the reports were made from it.';

function missing({ prefix }: RootFacts, path: string, help: string): Finding {
  const file = `${prefix}${path}`;
  return finding({ code: 'FILE_MISSING', message: `${file} does not exist`, file, help });
}

/** By version, then target. */
function isSorted(entries: readonly LockEntry[]): boolean {
  return entries.every((entry, i) => {
    const before = entries[i - 1] ?? entry;
    const byVersion =
      entry.semantic_version === before.semantic_version
        ? 0
        : compareVersions(before.semantic_version, entry.semantic_version);
    return (byVersion || compareBytes(before.target_triple, entry.target_triple)) <= 0;
  });
}

function lockFindings({ prefix, manifest, checkLocator }: RootFacts, { value }: RootFile<Lock>): Finding[] {
  const file = `${prefix}artifacts.lock.json`;
  const found: Finding[] = [];
  // Its form was looked at when it was read.
  if (!isSorted(value.artifacts))
    found.push(finding({ code: 'FILE_NOT_CANONICAL', message: `${file} is not in canonical order or form`, file }));
  if (value.tool !== manifest.tool)
    found.push(
      finding({
        code: 'LOCK_OF_OTHER_TOOL',
        message: `${file} is of ${value.tool}, the root of ${manifest.tool}`,
        file,
      }),
    );
  const seen = new Set<string>();
  for (const [i, entry] of value.artifacts.entries()) {
    const key = `${entry.semantic_version} ${entry.target_triple}`;
    const at = { file, pointer: `/artifacts/${String(i)}`, key, target: entry.target_triple };
    if (seen.has(key)) found.push(finding({ code: 'LOCK_DUPLICATE', message: `${file} pins ${key} twice`, ...at }));
    seen.add(key);
    for (const problem of checkLocator?.(entry) ?? [])
      found.push(finding({ code: 'LOCATOR_MISMATCH', message: `${key}: ${problem}`, ...at }));
  }
  return found;
}

/**
 * Entries of the supplement that change nothing any more: the newest snapshots list their command by themselves. A snapshot names the
 * entries that changed it among its omissions.
 * @param versions versions with snapshots, oldest first
 */
export function supplementFindings(
  { view, prefix, manifest }: RootFacts,
  supplement: Supplement | undefined,
  versions: readonly string[],
): readonly Finding[] {
  const newest = versions.at(-1);
  if (supplement === undefined || newest === undefined) return [];
  const snapshots = manifest.targets.expected.flatMap((target) => {
    const bytes = bytesOf(view, `snapshots/${newest}/${target}.json`);
    return bytes === undefined ? [] : [parseJson(bytes)?.value];
  });
  // What a target that was not seen would list is unknown.
  const allSeen = snapshots.length === manifest.targets.expected.length;
  const applied = new Set(snapshots.flatMap((snapshot) => listAt(snapshot, 'known_omissions')));
  const file = `${prefix}supplement/commands.json`;
  return supplement.commands.flatMap(({ path, platforms }, i) => {
    if (applied.has(`supplement/commands.json:v1:${path.join(' ')}`) || (platforms !== undefined && !allSeen))
      return [];
    const message = `${file} adds ${pathText(path)}, which ${newest} lists by itself`;
    const unit = unitId({ unit: 'command', path });
    return [
      finding({
        code: 'SUPPLEMENT_UNUSED',
        severity: 'warning',
        message,
        file,
        pointer: `/commands/${String(i)}`,
        unit,
      }),
    ];
  });
}
