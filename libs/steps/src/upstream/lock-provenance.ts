import { provenanceLosses } from '@cliparity/acquisition';
import {
  CouldNotRun,
  finding,
  type AssetProvenance,
  type Finding,
  type LockEntry,
  type Provider,
} from '@cliparity/model';
import type { Target } from '@cliparity/plugin-api';
import { sourcesOf, type RootContext } from '../base/root-context.js';

const providersOf = (entry: LockEntry): readonly Provider[] => [entry, ...(entry.providers ?? [])];
const placeOf = (target: string, locator: string): string => `${target} ${locator}`;

/** What the sources say today about who vouches for what they ship. */
async function saidToday(
  root: RootContext,
  version: string,
  targets: readonly Target[],
): Promise<ReadonlyMap<string, AssetProvenance | undefined>> {
  const { io } = root.bench;
  const said = new Map<string, AssetProvenance | undefined>();
  for (const source of await sourcesOf(root)) {
    try {
      const assets = await source.assets(version, targets, io);
      for (const { target, locator, provenance } of assets) said.set(placeOf(target, locator), provenance);
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error;
      const message = `${source.id}: ${error.message}; who vouches for its assets was not compared`;
      io.emit({ type: 'note', level: 'warn', message });
    }
  }
  return said;
}

/**
 * What the lock remembers of who vouches for its assets, against what their sources say today. Nobody is asked when nothing is remembered; a place
 * that cannot be asked, or lists the asset no more, is passed over with a warning: the transfer says what is wrong there.
 */
export async function provenanceFindings(
  root: RootContext,
  entries: readonly LockEntry[],
  targets: readonly Target[],
): Promise<Finding[]> {
  const known = entries.flatMap((entry) => providersOf(entry).map((provider) => ({ entry, provider })));
  const remembered = known.filter(({ provider }) => provider.provenance !== undefined);
  const [first] = remembered;
  if (first === undefined) return [];
  const said = await saidToday(root, first.entry.semantic_version, targets);
  const file = root.ref(root.layout.lock).name;
  return remembered.flatMap(({ entry, provider: { locator, provenance = {} } }) => {
    const { target_triple: target, semantic_version } = entry;
    if (!said.has(placeOf(target, locator))) return [];
    const losses = provenanceLosses(provenance, said.get(placeOf(target, locator)));
    return losses.map(({ code, message }) =>
      finding({
        code,
        severity: code === 'PROVENANCE_MISSING' ? 'warning' : 'error',
        message: `${locator}: ${message}`,
        file,
        target,
        key: `${semantic_version} ${locator} ${message.split(':')[0] ?? ''}`,
      }),
    );
  });
}
