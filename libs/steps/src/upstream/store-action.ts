import { newestKeys, readKeep, type StoreItem, type StoreProblem } from '@cliparity/acquisition';
import { finding, type Finding, type Result } from '@cliparity/model';
import { lockOf, openRootContext } from '../base/root-context.js';
import { currentRootsOf } from '../base/roots-of.js';
import { findingsResult } from '../views/findings-view.js';
import { megabytes } from '../views/lock-view.js';
import type { Workbench } from '../base/workbench.js';

export interface StoreRequest {
  readonly action: 'list' | 'prune' | 'verify';
  readonly maxBytes?: number | undefined;
  /** prune: `newest:N` versions of each root stay; 1 unless said. */
  readonly keep?: string | undefined;
  readonly dryRun?: boolean;
  /** verify: take damaged things out of the store. */
  readonly mend?: boolean;
}

function itemsResult(headline: string, items: readonly StoreItem[], data: object): Result {
  const rows = items.map((item) => [item.kind, megabytes(item.size), item.last_used, item.from.join(', '), item.key]);
  const columns = [
    { title: 'kind' },
    { title: 'size', align: 'right' as const },
    { title: 'last used' },
    { title: 'from' },
    { title: 'key' },
  ];
  return {
    kind: 'store',
    schema_version: 1,
    data,
    view: { headline, tables: items.length === 0 ? [] : [{ columns, rows }] },
  };
}

/** Keys that some root's lock still names in its newest version; pruning leaves them. */
async function keysInUse(bench: Workbench, count: number) {
  const roots = await currentRootsOf(bench);
  const locks = await Promise.all(roots.map(async (name) => lockOf(await openRootContext(bench, name))));
  return locks.flatMap((lock) => newestKeys(lock, count));
}

async function prune(bench: Workbench, request: StoreRequest): Promise<Result> {
  const maxBytes = request.maxBytes ?? bench.kernel.config.store?.max_bytes;
  const keep = await keysInUse(bench, request.keep === undefined ? 1 : readKeep(request.keep));
  const pruned = await bench.store.prune({
    keep,
    dryRun: request.dryRun === true,
    signal: bench.io.signal,
    ...(maxBytes !== undefined && { maxBytes }),
  });
  const verb = request.dryRun === true ? 'would go' : 'removed';
  return itemsResult(
    `${pruned.removed.length} artifacts ${verb}, ${megabytes(pruned.freedBytes)}; ${megabytes(pruned.keptBytes)} left`,
    pruned.removed,
    {
      dry_run: request.dryRun === true,
      removed: pruned.removed,
      freed_bytes: pruned.freedBytes,
      kept_bytes: pruned.keptBytes,
    },
  );
}

const WORDS: Readonly<Record<StoreProblem['problem'], string>> = {
  missing: 'the file is gone or cannot be read',
  changed: 'size, time or permission differ from its record',
  damaged: 'these are not the bytes it was put with',
};

/** `store list|prune|verify` */
export async function storeAction(
  bench: Workbench,
  request: StoreRequest,
): Promise<{ result: Result; findings: readonly Finding[] }> {
  if (request.action === 'prune') return { result: await prune(bench, request), findings: [] };
  if (request.action === 'list') {
    const items = await bench.store.list();
    const total = items.reduce((sum, item) => sum + item.size, 0);
    return {
      result: itemsResult(`${items.length} artifacts, ${megabytes(total)} in ${bench.store.path}`, items, {
        path: bench.store.path,
        items,
      }),
      findings: [],
    };
  }
  const { checked, problems } = await bench.store.verify({ mend: request.mend === true, signal: bench.io.signal });
  const findings = problems.map((problem) =>
    finding({
      code: 'STORE_ITEM_DAMAGED',
      message: `${problem.key} is damaged: ${WORDS[problem.problem]}`,
      file: problem.path,
      key: problem.key,
      help: 'cliparity store verify --mend',
    }),
  );
  return { result: findingsResult(`store, ${checked} artifacts read`, findings), findings };
}
