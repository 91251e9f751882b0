import {
  pointerVersion,
  type MatrixInput,
  type MatrixVersion,
  type Pointers,
  type RootPointers,
} from '@cliparity/lifecycle';
import { compareVersions, SEMVER_PATTERN, VERSION_STATUSES, type VersionStatus } from '@cliparity/model';
import { listAt, textAt, textsAt } from '../engine/json-value.js';
import { bytesOf, entriesOf, type RootView } from '../engine/root-view.js';
import { parseJson } from '../parity/parity-context.js';

const VERSION = new RegExp(SEMVER_PATTERN);

function textOf(view: RootView, path: string): string | undefined {
  const bytes = bytesOf(view, path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** The pointers of a root of either format; one that is not there or cannot be read points at nothing. */
export function rootPointers(view: RootView, expectedTargets: readonly string[]): RootPointers {
  const of = (kind: string): Pointers =>
    new Map(expectedTargets.map((target) => [target, pointerVersion(textOf(view, `pointers/${kind}/${target}.txt`))]));
  return {
    latestSupported: of('latest_supported'),
    latestValidated: of('latest_validated'),
    rootValidated: pointerVersion(textOf(view, 'latest_validated.txt')),
    minSupported: pointerVersion(textOf(view, 'min_supported.txt')),
  };
}

/**
 * A root of either format as the support matrix over all roots sees it: its versions with metadata, their reports per target, its pointers.
 * Files that cannot be read count as absent: validate is what complains about them.
 */
export function matrixInput(view: RootView, cli: string, expectedTargets: readonly string[]): MatrixInput {
  const names = entriesOf(view, 'versions').filter(({ name }) => name.endsWith('.json'));
  const versions = names
    .map(({ name }) => name.slice(0, -'.json'.length))
    .filter((name) => VERSION.test(name))
    .sort(compareVersions)
    .flatMap((version) => matrixVersion(view, version, expectedTargets) ?? []);
  return {
    cli,
    expectedTargets,
    pointers: rootPointers(view, expectedTargets),
    versions,
  };
}

function jsonOf(view: RootView, path: string): unknown {
  const bytes = bytesOf(view, path);
  return bytes === undefined ? undefined : parseJson(bytes)?.value;
}

const isStatus = (text: string | undefined): text is VersionStatus => VERSION_STATUSES.includes(text as VersionStatus);

function matrixVersion(view: RootView, version: string, targets: readonly string[]): MatrixVersion | undefined {
  const metadata = jsonOf(view, `versions/${version}.json`);
  const status = textAt(metadata, 'status');
  if (!isStatus(status)) return undefined;
  const seen = new Map<string, { missing: number; waived: number }>();
  for (const target of targets) {
    const report = jsonOf(view, `reports/${version}/coverage.${target}.json`);
    if (report === undefined) continue;
    const count = (...lists: readonly string[]): number =>
      lists.reduce((sum, list) => sum + listAt(report, 'deltas', list).length, 0);
    seen.set(target, {
      missing: count('missing_commands', 'missing_flags', 'missing_args', 'unsupported'),
      waived: count('intentionally_unsupported'),
    });
  }
  const outcomes = (['passed', 'failed', 'skipped'] as const).flatMap((outcome) =>
    textsAt(metadata, 'validation', `${outcome}_targets`).map((target) => [target, outcome] as const),
  );
  return { version, status, seen, tests: new Map(outcomes) };
}
