import { join, relative } from 'node:path';
import type { CoverageReportV1 } from '@cliparity/coverage';
import { openRoot, withRootLock, writeAtomic, type OlderRoot } from '@cliparity/manifest-store';
import { CliparityError, didYouMean, UsageError, type Finding, type Result } from '@cliparity/model';
import {
  bytesOf,
  compareDerived,
  deriveOlderMetadata,
  deriveOlderReports,
  deriveOlderUnion,
  folderView,
  metadataCheck,
  overlayView,
  reportCheck,
  rootPointers,
  unionCheck,
  versionsOf,
  type DerivedFile,
  type OlderVersion,
} from '@cliparity/rules';
import type { Rederived } from '../lifecycle/rebuild-derived.js';
import type { StepMode, StepOutcome } from '../base/run-step.js';
import { rebuiltResult } from '../views/rebuilt-view.js';
import type { VersionRequest } from './union-version.js';
import { findingsResult } from '../views/findings-view.js';
import type { Workbench } from '../base/workbench.js';

interface Part {
  readonly derive: (at: OlderVersion, made: string | undefined) => Promise<readonly DerivedFile[]>;
  readonly check: (at: OlderVersion) => Promise<readonly Finding[]>;
}
const PARTS = {
  union: { derive: async (at, made) => [await deriveOlderUnion(at, made)], check: unionCheck },
  report: { derive: deriveOlderReports, check: reportCheck },
  metadata: { derive: async (at) => [await deriveOlderMetadata(at)], check: metadataCheck },
} as const satisfies Readonly<Record<string, Part>>;
export type OlderPart = keyof typeof PARTS;

/** The time of files that are not there yet; undefined leaves it to the snapshots, never to a clock. */
function madeAt({ io }: Workbench): string | undefined {
  const epoch = io.env('SOURCE_DATE_EPOCH') ?? '';
  return /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000).toISOString().replace('.000Z', 'Z') : undefined;
}

const placeIn = (bench: Workbench, root: OlderRoot, version: string): OlderVersion => ({
  view: folderView(root.path),
  prefix: `${relative(bench.workspace, root.path).replaceAll('\\', '/')}/`,
  version,
});

/** A version that the root has snapshots of. */
function olderVersion(root: OlderRoot, word: string): string {
  const view = folderView(root.path);
  const known = versionsOf({ view }).filter((version) => view.list(`snapshots/${version}`).kind === 'folder');
  const named = { newest: known.at(-1), latest_validated: rootPointers(view, []).rootValidated }[word] ?? word;
  if (known.includes(named)) return named;
  throw new UsageError('OLDER_VERSION_UNKNOWN', `${root.name} has no snapshots of ${word}.${didYouMean(word, known)}`, {
    where: root.layout.snapshots,
    remedy: known.length === 0 ? 'It has none of any version.' : `It has snapshots of ${known.join(', ')}.`,
  });
}

/**
 * Derives files anew although the committed one, of which only the time is used, is broken: it then counts as not there.
 * Errors: those of the derivation, about its inputs.
 */
async function derivedAnew(
  part: OlderPart,
  at: OlderVersion,
  made: string | undefined,
): Promise<readonly DerivedFile[]> {
  try {
    return await PARTS[part].derive(at, made);
  } catch (error) {
    const where = error instanceof CliparityError ? (error.where ?? '').replace(/#.*$|:\d+:\d+$/, '') : '';
    const path = where.startsWith(at.prefix) ? where.slice(at.prefix.length) : '';
    const own = { union: `snapshots/${at.version}/union.json`, report: `reports/${at.version}/`, metadata: ' ' }[part];
    if (!path.startsWith(own) || at.view.read(path).kind === 'absent') throw error;
    return derivedAnew(part, { ...at, view: overlayView(at.view, new Map([[path, null]])) }, made);
  }
}

/** Derives one kind of file of a version as the older format's tools do; compares it, or writes what differs. */
export async function settleOlder(
  { bench, root, mode }: { readonly bench: Workbench; readonly root: OlderRoot; readonly mode: StepMode },
  part: OlderPart,
  version: string,
): Promise<Rederived> {
  const at = placeIn(bench, root, version);
  if (mode.check === true) {
    const findings = await PARTS[part].check(at);
    return { status: 'checked', changed: findings.flatMap(({ location }) => location?.file ?? []), findings };
  }
  return withRootLock(root, async () => {
    const files = await derivedAnew(part, at, madeAt(bench));
    const changed = files.filter((file) => compareDerived(at.view, [file], at.prefix).length > 0);
    for (const { path, text } of changed) await writeAtomic(join(root.path, path), text);
    const status = changed.length === 0 ? ('same' as const) : ('written' as const);
    return { status, changed: changed.map(({ path }) => at.prefix + path), findings: [] };
  });
}

/**
 * `union` and `report` of an older root: the files as the reference's tools would write them, compared byte for byte with `--check`.
 * @returns undefined when the root is one of ours
 * Errors: OLDER_VERSION_UNKNOWN, those of the derivations.
 */
export async function deriveOlder(
  bench: Workbench,
  part: OlderPart,
  request: VersionRequest,
): Promise<StepOutcome | undefined> {
  const root = await openRoot(bench.workspace, bench.manifests, request.cli);
  if (root.kind !== 'older') return undefined;
  const version = olderVersion(root, request.version);
  const done = await settleOlder({ bench, root, mode: request }, part, version);
  if (request.check === true)
    return { ...done, result: findingsResult(`${part} of ${root.name} ${version}`, done.findings) };
  const result = rebuiltResult([{ cli: root.name, version, step: part, ...done }]);
  return { ...done, result: part === 'report' ? withMissing(result, root, version) : result };
}

/** How many units the report over all targets misses: `--exit-code` asks for it. */
function withMissing(result: Result, root: OlderRoot, version: string): Result {
  const bytes = bytesOf(folderView(root.path), `reports/${version}/coverage.any.json`);
  if (bytes === undefined) return result;
  const { deltas } = JSON.parse(new TextDecoder().decode(bytes)) as CoverageReportV1;
  const missing = deltas.missing_commands.length + deltas.missing_flags.length + deltas.missing_args.length;
  return { ...result, data: { ...(result.data as object), missing } };
}
