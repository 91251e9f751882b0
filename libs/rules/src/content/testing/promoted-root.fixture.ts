import { runOfCommand } from '@cliparity/lifecycle';
import { planPromotion, versionMetadata, VersionMetadataSchema } from '@cliparity/lifecycle';
import { LockSchema, serialize, type Lock, type Snapshot, type Union, type WrapperCoverage } from '@cliparity/model';
import { memoryView, type FileMap } from '../../engine/memory-view.js';
import { coverageParts, deriveMetadata, deriveReports, deriveUnion } from '../derive-current.js';
import type { RootFacts } from '../root-facts.js';
import { codexFacts, codexFiles } from './codex-root.fixture.js';

export const VERSION = '0.92.0';
export const TARGET = 'x86_64-unknown-linux-musl';
const textOf = (content: unknown): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content as Uint8Array);

/** Everything on purpose left out but what is said: so that the real root can be promoted under the strictest policy. */
function waiving(text: string): string {
  const file = JSON.parse(text) as WrapperCoverage;
  const root = { path: [], level: 'intentionally_unsupported' as const, note: 'the test waives it' };
  return `${JSON.stringify({ ...file, coverage: [root, ...file.coverage.filter(({ path }) => path.length > 0)] }, null, 2)}\n`;
}

function oneVersion(text: string): string {
  const lock = JSON.parse(text) as Lock;
  return serialize(LockSchema, {
    ...lock,
    artifacts: lock.artifacts.filter(({ semantic_version }) => semantic_version === VERSION),
  });
}

/**
 * The real codex root with one version of it, validated and promoted: every kind of file that a root can have, each as it must be.
 * Reports, metadata and pointers are made here from the committed lock, snapshot and wrapper coverage.
 */
export function promotedRoot(): FileMap {
  const real = codexFiles();
  const files = new Map<string, string>();
  for (const path of ['cliparity.json', 'supplement/commands.json', `snapshots/${VERSION}/${TARGET}.json`])
    files.set(path, textOf(real.get(path)));
  files.set('artifacts.lock.json', oneVersion(textOf(real.get('artifacts.lock.json'))));
  files.set('wrapper_coverage.json', waiving(textOf(real.get('wrapper_coverage.json'))));
  const facts: RootFacts = codexFacts(memoryView(files));
  const read = <T>(path: string) => ({
    text: files.get(path) as string,
    value: JSON.parse(files.get(path) as string) as T,
  });
  const snapshot = read<Snapshot>(`snapshots/${VERSION}/${TARGET}.json`);
  const derivedUnion = deriveUnion(facts, VERSION, new Map([[TARGET, snapshot]]));
  files.set(derivedUnion.path, derivedUnion.text);
  const union = read<Union>(derivedUnion.path);
  const wrapper = read<WrapperCoverage>('wrapper_coverage.json');
  for (const { path, text } of deriveReports(facts, union, wrapper)) files.set(path, text);
  const lock = read<Lock>('artifacts.lock.json').value.artifacts;
  const entries = lock.filter(({ semantic_version }) => semantic_version === VERSION);
  const log = 'c'.repeat(64);
  const run = runOfCommand({
    target: TARGET,
    command: ['npm', 'test'],
    exitCode: 0,
    binarySha256: snapshot.value.binary.sha256,
    logSha256: log,
  });
  const metadata = versionMetadata({
    version: VERSION,
    union: union.value,
    coverage: coverageParts(facts, union.value, wrapper.value),
    requiredTarget: TARGET,
    policy: 'linux_first_v1',
    hasReports: true,
    pinned: new Map([[TARGET, snapshot.value.binary.sha256]]),
    runs: [run],
    updatedAt: union.value.collected_at,
    inputs: [],
  });
  const derived = deriveMetadata(facts, {
    version: VERSION,
    union,
    wrapper,
    hasReports: true,
    entries,
    existing: metadata,
  });
  files.set(derived.path, derived.text);
  if (serialize(VersionMetadataSchema, metadata) === derived.text) throw new Error('the metadata records no inputs');
  const plan = planPromotion({
    version: VERSION,
    metadata,
    unionText: union.text,
    seenTargets: [TARGET],
    expectedTargets: facts.manifest.targets.expected,
    requiredTarget: TARGET,
    pointers: {
      latestSupported: new Map(),
      latestValidated: new Map(),
      rootValidated: undefined,
      minSupported: undefined,
    },
  });
  for (const { path, text } of plan.writes) files.set(path, text);
  return files;
}
