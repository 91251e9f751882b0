import { join } from 'node:path';
import { findEntry } from '@cliparity/acquisition';
import { chooseMode, harvest, type HarvestReport, type HarvestRequest } from '@cliparity/harvest';
import { workspaceLayout } from '@cliparity/manifest-store';
import type { Finding, Result } from '@cliparity/model';
import { requireRunner } from '@cliparity/runners';
import { fixtureFolders } from './fixture-folders.js';
import { harvestScratch } from './harvest-scratch.js';
import { acquireEntry } from '../upstream/acquire-version.js';
import { lockedVersionOf, lockOf, openRootContext, targetsOf, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

export interface HarvestVersionRequest {
  readonly cli: string;
  readonly version: string;
  readonly scenarios?: readonly string[] | undefined;
  /** once, new, none or all; unsaid it is once, in CI none. */
  readonly record?: string | undefined;
  readonly runs?: number | undefined;
  readonly check?: boolean;
  /** Absolute folder of the fixtures, instead of the workspace’s. */
  readonly out?: string | undefined;
}

async function requestOf(root: RootContext, version: string, asked: HarvestVersionRequest): Promise<HarvestRequest> {
  const { bench, manifest, workspace } = root;
  const [target] = await targetsOf(root, [manifest.targets.required]);
  if (target === undefined) throw new Error('unreachable: the required target is expected');
  const entry = findEntry(await lockOf(root), version, target.id);
  const places = workspaceLayout(workspace);
  const { mode, note } = chooseMode(asked.record, (bench.io.env('CI') ?? '') !== '');
  if (note !== undefined) bench.io.emit({ type: 'note', message: note });
  return {
    upstream: {
      cli: root.name,
      tool: manifest.tool,
      version,
      target: target.id,
      binary: async () => {
        requireRunner(target);
        return (await acquireEntry(root, entry)).binaryPath;
      },
      binarySha256: entry.binary_sha256,
    },
    scenarios: await bench.kernel.scenarios(),
    names: asked.scenarios ?? [],
    mode,
    check: asked.check === true,
    concurrency: bench.concurrency,
    ...(asked.runs !== undefined && { runs: asked.runs }),
    folders: {
      workspace,
      ...fixtureFolders(root, version),
      // What waits is accepted into the workspace’s own fixtures, so nothing of another folder waits.
      ...(asked.out === undefined ? { pending: join(places.pending, root.name, version) } : { fixtures: asked.out }),
      scratch: harvestScratch(),
    },
  };
}

const GOOD: ReadonlySet<string> = new Set(['kept', 'same', 'recorded', 'replaced']);

/** Where everything drifted, each stream has a help of its own; the first show the way. */
const MOST_HELPS = 6;

/** What somebody would type now. */
function nextOf({ check }: HarvestRequest, { outcomes, findings }: HarvestReport): readonly string[] {
  const waits = check !== true && outcomes.some(({ state }) => state === 'pending');
  const helps = [...new Set(findings.flatMap(({ help }) => help ?? []))];
  return [...helps.slice(0, MOST_HELPS), ...(waits ? ['cliparity review'] : [])];
}

function harvestResult(request: HarvestRequest, report: HarvestReport): Result {
  const { outcomes, findings } = report;
  const { cli, version } = request.upstream;
  const rows = outcomes.map(({ stream, state, events, racy }) => [
    stream,
    { text: state, tone: GOOD.has(state) ? ('good' as const) : ('warn' as const) },
    events === undefined ? '' : String(events),
    racy === true ? 'racy' : '',
  ]);
  const right = { align: 'right' as const };
  const columns = [{ title: 'stream' }, { title: 'state' }, { title: 'events', ...right }, { title: '' }];
  const places = findings.map((one) => [
    { text: one.code, tone: 'bad' as const },
    one.location?.file ?? '',
    one.message,
  ]);
  return {
    kind: 'harvested',
    schema_version: 1,
    data: { cli, version, mode: request.mode, check: request.check === true, streams: outcomes, findings },
    view: {
      headline: `${cli} ${version}: ${outcomes.length} streams, ${findings.length} findings`,
      tone: findings.length === 0 ? 'good' : 'bad',
      next: nextOf(request, report),
      tables: [
        { columns, rows },
        ...(places.length > 0
          ? [{ title: 'Findings', columns: [{ title: 'code' }, { title: 'where' }, { title: 'what' }], rows: places }]
          : []),
      ],
    },
  };
}

/** `harvest CLI VERSION`: records golden streams of the real binary, or with `--check` records them again and compares. */
export async function harvestVersion(
  bench: Workbench,
  asked: HarvestVersionRequest,
): Promise<{ readonly result: Result; readonly findings: readonly Finding[] }> {
  const root = await openRootContext(bench, asked.cli);
  const request = await requestOf(root, await lockedVersionOf(root, asked.version), asked);
  const report = await harvest(request, bench.io);
  return { result: harvestResult(request, report), findings: report.findings };
}
