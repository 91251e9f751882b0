import { finding, type Finding } from '@cliparity/model';
import { listAt, textAt, textsAt, valueAt } from '../engine/json-value.js';
import { bytesOf, type RootView } from '../engine/root-view.js';
import { parseJson } from '../parity/parity-context.js';
import { saysVersion } from './snapshot-rules.js';

/** One snapshot of an older root, as it was read. */
export interface OlderSnapshot {
  /** How it is called in findings. */
  readonly file: string;
  readonly version: string;
  readonly target: string;
  readonly value: unknown;
}

/** The rows of an older lock, of whichever of its shapes; undefined without a lock that can be read. */
export function olderLockRows(view: RootView): readonly unknown[] | undefined {
  const bytes = bytesOf(view, 'artifacts.lock.json');
  const lock = bytes === undefined ? undefined : parseJson(bytes)?.value;
  return Array.isArray(valueAt(lock, 'artifacts')) ? listAt(lock, 'artifacts') : undefined;
}

/** Each shape has a name of its own for the version: `codex_version`, `claude_code_version`, `semantic_version`. */
function isRowOf(row: unknown, { version, target }: OlderSnapshot): boolean {
  const keys = row !== null && typeof row === 'object' ? Object.keys(row) : [];
  const named = keys.find((key) => key.endsWith('_version') && key !== 'package_version');
  return named !== undefined && textAt(row, named) === version && textAt(row, 'target_triple') === target;
}

/** Of an archive the lock knows the digest, not that of the binary inside; of a bare binary both are one. */
const isBare = (row: unknown): boolean =>
  /^https?:/.test(textAt(row, 'download_url') ?? '') &&
  !/\.(?:tar|tgz|txz|zip|gz|xz|zst|json)$/i.test(textAt(row, 'asset_name') ?? '');

/**
 * Tag = lock = digest = `--version`, as far as an older root states them; the first that does not hold.
 * @param rows of the lock; undefined leaves it out
 */
export function identityFindings(snapshot: OlderSnapshot, rows: readonly unknown[] | undefined): readonly Finding[] {
  const { file, version, target, value } = snapshot;
  const problem = (code: string, message: string) => [finding({ code, message, file, target })];
  const said = textAt(value, 'binary', 'version_output') ?? '';
  if (!saysVersion(said, version))
    return problem('VERSION_OUTPUT_DIFFERS', `the binary calls itself "${said}", the snapshot is of ${version}`);
  if (rows === undefined) return [];
  const row = rows.find((one) => isRowOf(one, snapshot));
  if (row === undefined) return problem('SNAPSHOT_NOT_LOCKED', `the lock has no artifact of ${version} on ${target}`);
  if (!isBare(row) || textAt(row, 'sha256') === textAt(value, 'binary', 'sha256')) return [];
  return problem('SNAPSHOT_NOT_OF_LOCK', 'the snapshot was taken from another binary than the lock pins');
}

/** A union that was made when other targets were expected: what it calls complete may not be. */
export function expectedTargetsFindings(union: unknown, file: string, expected: readonly string[]): readonly Finding[] {
  const of = textsAt(union, 'expected_targets');
  if (valueAt(union, 'expected_targets') === undefined || of.join() === expected.join()) return [];
  const message = `${file} was made for ${of.join(', ')}; expected are ${expected.join(', ')}`;
  const help =
    'Take in the snapshots of the other targets; or delete the union and derive it again, which then names them as missing.';
  const pointer = '/expected_targets';
  return [finding({ code: 'EXPECTED_TARGETS_DIFFER', severity: 'warning', message, file, pointer, help })];
}
