import { observedArgvs, proposeCoverage, type CoverageProposal } from '@cliparity/coverage';
import { readBytes, readJsonIfThere, readJson, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import {
  serialize,
  sha256,
  UnionSchema,
  WrapperCoverageSchema,
  type Result,
  type WrapperCoverage,
} from '@cliparity/model';
import { systemsOf } from '../derive/report-version.js';
import { lockedVersionOf, openRootContext, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

export interface DeriveRequest {
  readonly cli: string;
  /** Absolute path of the log that `observe` wrote. */
  readonly from: string;
  /** The version whose surface the argv are read against. */
  readonly version: string;
  /** Write the proposal into `wrapper_coverage.json`. */
  readonly apply?: boolean;
}

async function statementOf(root: RootContext): Promise<WrapperCoverage> {
  const { name, path } = root.ref(root.layout.wrapperCoverage);
  const { wrapper } = root.manifest;
  const there = await readJsonIfThere(path, WrapperCoverageSchema, { name });
  if (there !== undefined) return there;
  const version = wrapper?.version;
  return {
    schema_version: 2,
    wrapper: wrapper?.name ?? root.name,
    ...(version !== undefined && { wrapper_version: version }),
    coverage: [],
  };
}

/**
 * `coverage derive CLI --from LOG`: wrapper coverage out of the argv that a wrapper was seen to use. Only proposes, unless told to apply.
 * Errors: OBSERVED_LINE_INVALID, those of reading the root’s files and the log, ROOT_LOCKED, WRITE_FAILED.
 */
export async function deriveCoverage(bench: Workbench, request: DeriveRequest): Promise<Result> {
  const root = await openRootContext(bench, request.cli);
  const version = await lockedVersionOf(root, request.version);
  const log = root.ref(request.from);
  const bytes = await readBytes(log.path, {
    name: log.name,
    remedy: 'Record one: cliparity observe --log FILE -- COMMAND…',
  });
  const union = root.ref(root.layout.union(version));
  const systems = await systemsOf(root);
  const parts = {
    union: await readJson(union.path, UnionSchema, {
      name: union.name,
      remedy: `Run cliparity union ${root.name} ${version}.`,
    }),
    place: { expected: root.manifest.targets.expected, systems },
    argvs: observedArgvs(new TextDecoder().decode(bytes), log.name),
  };
  const propose = async () => proposeCoverage({ ...parts, statement: await statementOf(root) });
  const input = { name: 'observed', sha256: sha256(bytes) };
  const proposal =
    request.apply === true ? await withRootLock(root, () => applied(root, input, propose)) : await propose();
  return proposalResult(root, { version, calls: parts.argvs.length, applied: request.apply === true }, proposal);
}

type Digest = NonNullable<WrapperCoverage['provenance']>['inputs'][number];

async function applied(
  root: RootContext,
  input: Digest,
  propose: () => Promise<CoverageProposal>,
): Promise<CoverageProposal> {
  const proposal = await propose();
  if (proposal.added.length === 0) return proposal;
  const inputs = (proposal.coverage.provenance?.inputs ?? []).filter(({ name }) => name !== input.name);
  const coverage = { ...proposal.coverage, provenance: { inputs: [...inputs, input] } };
  await writeAtomic(root.layout.wrapperCoverage, serialize(WrapperCoverageSchema, coverage));
  return proposal;
}

const LISTS = [
  ['added', 'used, and now explicit', 'good'],
  ['contradicted', 'used, though stated as unsupported', 'bad'],
  ['unknownToUpstream', 'used, though the upstream’s help does not list it', 'warn'],
  ['notObserved', 'explicit, but never seen in use', 'dim'],
] as const;

function proposalResult(
  { name, layout, ref }: RootContext,
  { version, calls, applied: written }: { readonly version: string; readonly calls: number; readonly applied: boolean },
  proposal: CoverageProposal,
): Result {
  const { added, contradicted, notObserved, unknownToUpstream, coverage } = proposal;
  const file = ref(layout.wrapperCoverage).name;
  const rows = LISTS.flatMap(([list, words, tone]) => proposal[list].map((unit) => [unit, { text: words, tone }]));
  const what = written ? `written to ${file}` : 'proposed, nothing written';
  return {
    kind: 'proposal',
    schema_version: 1,
    data: {
      cli: name,
      version,
      calls,
      applied: written,
      added,
      contradicted,
      not_observed: notObserved,
      unknown_to_upstream: unknownToUpstream,
      coverage,
    },
    view: {
      headline: `${String(added.length)} new units out of ${String(calls)} different calls: ${added.length === 0 ? 'nothing to write' : what}`,
      tone: contradicted.length > 0 ? 'warn' : 'good',
      ...(rows.length > 0 && { tables: [{ columns: [{ title: 'unit' }, { title: 'what was seen' }], rows }] }),
      ...(added.length > 0 && {
        next: [
          written ? `cliparity report ${name} ${version}` : `cliparity coverage derive ${name} --from LOG --apply`,
        ],
      }),
    },
  };
}
