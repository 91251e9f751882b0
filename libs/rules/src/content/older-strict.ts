import { finding, type Command, type Finding } from '@cliparity/model';
import { listAt, textAt, textsAt, valueAt } from '../engine/json-value.js';
import { bytesOf, isFile, type RootView } from '../engine/root-view.js';
import { parseJson } from '../parity/parity-context.js';
import { readParityRules } from '../parity/parity-rules.js';
import { readPointer } from '../parity/pointer-file.js';
import { pointerPath, POINTER_KINDS } from '../parity/pointers.js';
import { validateParity } from '../parity/validate-parity.js';
import { violationFinding } from '../parity/violation.js';
import { olderDerivedFindings, versionsWithUnion } from './older-checks.js';
import { olderFormFindings } from './older-forms.js';
import { expectedTargetsFindings, identityFindings, olderLockRows } from './older-identity.js';
import { unitFindings } from './unit-rules.js';

/** `parity`: what the older format's own validator finds, and nothing else. `strict`: that, and whatever it never looked at. */
export type OlderProfile = 'parity' | 'strict';

/**
 * Everything that is wrong with an older root.
 * @param prefix what stands before paths in findings: the root's folder with a slash at its end
 * Errors: those of `parityContext`
 */
export async function validateOlderRoot(
  view: RootView,
  prefix: string,
  profile: OlderProfile,
): Promise<readonly Finding[]> {
  const parity = (await validateParity(view)).map((violation) => violationFinding(violation, prefix));
  if (profile === 'parity') return parity;
  const more = [
    ...(await danglingPointers(view, prefix)),
    ...(await surfacesFindings(view, prefix)),
    ...(await olderFormFindings(view, prefix)),
    ...(await olderDerivedFindings(view, prefix)),
  ];
  return [...parity, ...notRepeated(more, parity)];
}

/** Of what strict adds, what does not only repeat that a file is broken which its own validator has named already. */
function notRepeated(more: readonly Finding[], parity: readonly Finding[]): readonly Finding[] {
  const told = new Set(parity.map(({ location }) => location?.file));
  return more.filter(({ code, location, details }) => {
    if (!/^(?:DERIVED_)?FILE_(?!NOT_REGULAR)/.test(code)) return true;
    const cause = textAt(details, 'where')?.replace(/#.*$|:\d+:\d+$/, '');
    return !told.has(location?.file) && (cause === undefined || !told.has(cause));
  });
}

/** What the older format promises of its pointers and never checks. */
async function danglingPointers(view: RootView, prefix: string): Promise<readonly Finding[]> {
  const { union, versioning } = await readParityRules(view);
  const stable = new RegExp(versioning.pointers.stable_semver_pattern, 'u');
  return union.expected_targets.flatMap((target) =>
    POINTER_KINDS.flatMap((kind) => {
      const path = pointerPath(kind, target);
      const read = readPointer(view.read(path), { stable, allowNone: true });
      if (read.kind !== 'version') return [];
      const snapshot = `snapshots/${read.version}/${target}.json`;
      if (isFile(view, snapshot)) return [];
      const file = `${prefix}${path}`;
      const message = `${file} names ${read.version}, but ${prefix}${snapshot} is not there`;
      return [finding({ code: 'POINTER_REFERENCES_MISSING_SNAPSHOT', message, file, target })];
    }),
  );
}

function jsonAt(view: RootView, path: string): unknown {
  const bytes = bytesOf(view, path);
  return bytes === undefined ? undefined : parseJson(bytes)?.value;
}

/** What all surfaces of a root are judged with. */
interface Bench {
  readonly view: RootView;
  readonly prefix: string;
  readonly expected: readonly string[];
  readonly lockRows: readonly unknown[] | undefined;
}

async function surfacesFindings(view: RootView, prefix: string): Promise<readonly Finding[]> {
  const { union } = await readParityRules(view);
  const bench = { view, prefix, expected: union.expected_targets, lockRows: olderLockRows(view) };
  return versionsWithUnion(view).flatMap((version) => surfaceFindings(bench, version));
}

/**
 * The units of a union and of the snapshots it names, the targets it was made for, and whether each snapshot is of the version, target and
 * binary whose place it has.
 */
function surfaceFindings({ view, prefix, expected, lockRows }: Bench, version: string): readonly Finding[] {
  const unionFile = `${prefix}snapshots/${version}/union.json`;
  const union = jsonAt(view, `snapshots/${version}/union.json`);
  const inputs = listAt(union, 'inputs').flatMap((input) => textAt(input, 'target_triple') ?? []);
  const found = [...expectedTargetsFindings(union, unionFile, expected), ...unitsOf(union, unionFile, true)];
  for (const target of inputs) {
    const path = `snapshots/${version}/${target}.json`;
    const file = `${prefix}${path}`;
    const snapshot = jsonAt(view, path);
    const [own, of] = [textAt(snapshot, 'binary', 'target_triple'), textAt(snapshot, 'binary', 'semantic_version')];
    if (snapshot !== undefined && (own !== target || of !== version)) {
      const message = `${file} is the snapshot of ${of ?? 'no version'} on ${own ?? 'no target'}`;
      found.push(finding({ code: 'SNAPSHOT_MISPLACED', message, file, target }));
    } else if (snapshot !== undefined)
      found.push(...identityFindings({ file, version, target, value: snapshot }, lockRows));
    found.push(...unitsOf(snapshot, file, false));
  }
  return found;
}

/** A union of the older format may lack the keys of its flags; they are then what the format says they are. */
function unitsOf(value: unknown, file: string, isUnion: boolean): readonly Finding[] {
  const commands = listAt(value, 'commands').map((command): Command => {
    const flags = listAt(command, 'flags').map((flag) => {
      const [long, short] = [textAt(flag, 'long'), textAt(flag, 'short')];
      const key = textAt(flag, 'key') ?? long ?? short ?? '';
      return { key, takes_value: true, ...(long !== undefined && { long }), ...(short !== undefined && { short }) };
    });
    const args = listAt(command, 'args').map((arg) => ({
      name: textAt(arg, 'name') ?? '',
      required: false,
      variadic: false,
    }));
    return { path: [...textsAt(command, 'path')], flags, args };
  });
  return valueAt(value, 'commands') === undefined ? [] : unitFindings({ file, commands, isUnion });
}
