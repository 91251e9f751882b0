import { driftCounts, driftOf, driftView, readFixtures, type StoredFixture } from '@cliparity/harvest';
import { UsageError, type Result } from '@cliparity/model';
import { fixtureFolders } from './fixture-folders.js';
import { openRootContext, versionOf, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

/** The recorded streams of one version. Errors: FIXTURES_NONE. */
async function streamsOf(root: RootContext, version: string): Promise<readonly StoredFixture[]> {
  const { fixtures, streams } = fixtureFolders(root, version);
  const found = await readFixtures(streams === undefined ? fixtures : { sidecars: fixtures, streams });
  if (found.length > 0) return found;
  throw new UsageError('FIXTURES_NONE', `No recorded streams of ${root.name} ${version} are here.`, {
    where: streams ?? fixtures,
    remedy: `Record them: cliparity harvest ${root.name} ${version}${streams === undefined ? '' : ' --record all'}`,
  });
}

/** Two versions of one upstream. */
export interface DiffRequest {
  readonly cli: string;
  readonly from: string;
  readonly to: string;
}

/**
 * `harvest CLI VERSION --diff V`: what changed in the streams for somebody who reads them. Reads recorded fixtures only.
 * @throws UsageError FIXTURES_NONE
 */
export async function harvestDiff(
  bench: Workbench,
  { cli, ...asked }: DiffRequest,
): Promise<{ readonly result: Result; readonly breaking: number }> {
  const root = await openRootContext(bench, cli);
  const [from, to] = [await versionOf(root, asked.from), await versionOf(root, asked.to)];
  const drift = driftOf(await streamsOf(root, from), await streamsOf(root, to), { cli, from, to });
  return {
    result: { kind: 'drift', schema_version: 1, data: drift, view: driftView(drift) },
    breaking: driftCounts(drift).breaking,
  };
}
