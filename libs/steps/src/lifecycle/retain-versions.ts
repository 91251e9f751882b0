import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { planRetention, type RetentionPlan } from '@cliparity/lifecycle';
import { openRoot, withRootLock, workspaceLayout, writeFailure, type Root } from '@cliparity/manifest-store';
import type { Result } from '@cliparity/model';
import { folderView, rootPointers, versionsOf } from '@cliparity/rules';
import { validate } from '../validate/validate.js';
import { checkPointers } from './check-pointers.js';
import { versionStatuses } from './version-statuses.js';
import type { Workbench } from '../base/workbench.js';

/** How many validated versions stay where nobody says another number; the older format’s rules say it in `storage.retention`. */
export const KEEP_LAST_VALIDATED = 3;

export interface RetainRequest {
  readonly cli: string;
  /** How many validated versions stay; the rules of an older root, else 3. */
  readonly keep?: number | undefined;
  /** Remove; without it only say what would go. */
  readonly apply?: boolean;
}

function planOf(root: Root, keep: number): RetentionPlan {
  const view = folderView(root.path);
  checkPointers(view, `${relative(root.workspace, root.path).replaceAll('\\', '/')}/`, root.manifest.targets.expected);
  const known = versionStatuses(root.layout);
  const statusOf = (version: string) =>
    known.get(version) ?? (existsSync(root.layout.version(version)) ? 'unreadable' : undefined);
  return planRetention({
    versions: versionsOf({ view }).map((version) => ({ version, status: statusOf(version) })),
    pointers: rootPointers(view, root.manifest.targets.expected),
    keepLastValidated: keep,
  });
}

/**
 * What goes first is what claims most: a run that is killed leaves a version without metadata, then without reports, each of which the
 * content rules know and `rebuild` or another `retain` mends. A folder leaves the root in one rename, so no half of one stays.
 */
const ORDER = ['versions/', 'reports/', 'snapshots/'];
const inOrder = (paths: readonly string[]): readonly string[] =>
  ORDER.flatMap((kind) => paths.filter((path) => path.startsWith(kind)));

async function removeFrom(root: Root, paths: readonly string[]): Promise<readonly string[]> {
  // Its name is the root's, whose lock is held: what a killed run left in it goes with the rest.
  const bin = join(workspaceLayout(root.workspace).tmp, `retired-${root.name}`);
  await rm(bin, { recursive: true, force: true });
  const gone: string[] = [];
  await mkdir(bin, { recursive: true });
  try {
    for (const path of inOrder(paths)) {
      const from = join(root.path, path);
      if (!existsSync(from)) continue;
      await moveAway(from, join(bin, String(gone.length)));
      gone.push(path);
    }
  } finally {
    await rm(bin, { recursive: true, force: true });
  }
  return gone;
}

async function moveAway(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    // Another file system: then it goes file by file.
    if ((cause as NodeJS.ErrnoException).code !== 'EXDEV') throw writeFailure(from, cause);
    await rm(from, { recursive: true });
  }
}

/** What the root says of itself afterwards; an older one only what its own rules ask. */
async function findingsAfter(bench: Workbench, { name, kind }: Root): Promise<number> {
  const profile = kind === 'older' ? 'parity' : 'strict';
  return (await validate(bench, { cli: name, profile })).findings.length;
}

/**
 * `retain CLI`: what of a root’s versions may go, why each other one stays; with `apply` it goes: snapshots, reports and metadata of a version
 * together, so that what is left validates. Errors: those of opening a root, POINTER_INVALID_VALUE, ROOT_LOCKED, WRITE_FAILED.
 */
export async function retainVersions(bench: Workbench, { cli, keep, apply = false }: RetainRequest): Promise<Result> {
  const root = await openRoot(bench.workspace, bench.manifests, cli);
  const number = keep ?? ruleOf(root) ?? KEEP_LAST_VALIDATED;
  if (!apply) return retentionResult(root, { plan: planOf(root, number), gone: undefined, keep });
  const done = await withRootLock(root, async () => {
    const plan = planOf(root, number);
    return { plan, gone: await removeFrom(root, plan.paths) };
  });
  return retentionResult(root, { ...done, findings: await findingsAfter(bench, root) });
}

const ruleOf = (root: Root): number | undefined =>
  root.kind === 'older' ? root.rules.storage?.retention?.keep_last_validated : undefined;

interface Retained {
  readonly plan: RetentionPlan;
  /** Paths that were removed; undefined when nothing was asked to go. */
  readonly gone: readonly string[] | undefined;
  readonly findings?: number;
  /** The number that was asked for. */
  readonly keep?: number | undefined;
}

function retentionResult({ name }: Root, { plan, gone, findings, keep: asked }: Retained): Result {
  const { keep, remove } = plan;
  const again = `cliparity retain ${name}${asked === undefined ? '' : ` --keep ${String(asked)}`} --apply`;
  const verb = gone === undefined ? 'may go' : 'removed';
  const next = [
    ...(gone === undefined && remove.length > 0 ? [again] : []),
    ...(gone !== undefined && gone.length > 0 ? ['cliparity matrix'] : []),
    ...(findings !== undefined && findings > 0 ? [`cliparity validate ${name}`] : []),
  ];
  return {
    kind: 'retention',
    schema_version: 1,
    data: {
      cli: name,
      applied: gone !== undefined,
      keep,
      remove,
      ...(gone !== undefined && { removed: gone, findings }),
    },
    view: {
      headline: `${name}: ${String(remove.length)} of ${String(keep.length + remove.length)} versions ${verb}`,
      tone: 'good',
      lines: gone ?? plan.paths,
      tables: [
        {
          columns: [{ title: 'version' }, { title: gone === undefined ? 'would' : 'did' }, { title: 'because' }],
          rows: [
            ...remove.map((version) => [version, { text: 'go', tone: 'warn' as const }, 'nothing needs it any more']),
            ...keep.map(({ version, why }) => [version, 'stay', why]),
          ],
        },
      ],
      ...(next.length > 0 && { next }),
    },
  };
}
