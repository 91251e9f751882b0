import { Type, type Static, type TSchema } from '@sinclair/typebox';
import type { MatrixReport, MatrixRoot } from '@cliparity/lifecycle';
import { trimmed } from '../engine/json-value.js';
import { bytesOf, entriesOf, type RootView } from '../engine/root-view.js';
import { checkerOf } from './checker.js';
import { parseJson } from './parity-context.js';

const texts = Type.Optional(Type.Array(Type.String()));
const CurrentSchema = Type.Object({
  expected_targets: texts,
  inputs: Type.Optional(
    Type.Array(
      Type.Object({
        target_triple: Type.String(),
        binary: Type.Optional(
          Type.Object({ semantic_version: Type.Optional(Type.Union([Type.String(), Type.Null()])) }),
        ),
      }),
    ),
  ),
});
const VersionSchema = Type.Object({
  semantic_version: Type.String(),
  status: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  coverage: Type.Optional(Type.Object({ supported_targets: texts })),
});
const anything = Type.Optional(Type.Array(Type.Unknown()));
const LISTS = [
  'missing_commands',
  'missing_flags',
  'missing_args',
  'intentionally_unsupported',
  'wrapper_only_commands',
  'wrapper_only_flags',
  'wrapper_only_args',
] as const;
const ReportSchema = Type.Object({
  inputs: Type.Optional(Type.Object({ upstream: Type.Optional(Type.Object({ targets: texts })) })),
  deltas: Type.Optional(Type.Object(Object.fromEntries(LISTS.map((list) => [list, anything])))),
});

/** A file that the matrix needs and cannot use; the message names it. */
export class MatrixReadProblem extends Error {}

async function jsonFile<S extends TSchema>(view: RootView, path: string, schema: S): Promise<Static<S>> {
  const bytes = bytesOf(view, path);
  if (bytes === undefined) throw new MatrixReadProblem(`${path} cannot be read`);
  const parsed = parseJson(bytes);
  if (parsed === undefined) throw new MatrixReadProblem(`${path} is not valid JSON`);
  const [problem] = (await checkerOf(schema))(parsed.value);
  if (problem !== undefined) throw new MatrixReadProblem(`${path} ${problem.pointer}: ${problem.message}`);
  return parsed.value as Static<S>;
}

/**
 * Reads one root as the support matrix sees it.
 * @throws MatrixReadProblem
 */
export async function matrixRoot(view: RootView, agent: string): Promise<MatrixRoot> {
  const current = await jsonFile(view, 'current.json', CurrentSchema);
  const { expected_targets: expected = [], inputs = [] } = current;
  if (expected.length === 0) throw new MatrixReadProblem('current.json expects no targets');
  const named = new Set(inputs.flatMap(({ binary }) => binary?.semantic_version ?? []));
  if (named.size > 1) throw new MatrixReadProblem('current.json was made from several versions');
  const pointers = (kind: string): Map<string, string | undefined> =>
    new Map(expected.map((target) => [target, pointerValue(view, `pointers/${kind}/${target}.txt`)]));
  const latestSupported = pointers('latest_supported');
  const latestValidated = pointers('latest_validated');
  const versions = await versionsOf(view);
  const reports = new Map<string, MatrixReport | undefined>();
  for (const { version } of versions)
    for (const target of expected) reports.set(`${version} ${target}`, await reportFor(view, version, target));
  return {
    agent,
    expectedTargets: expected,
    currentVersion: [...named][0],
    currentTargets: new Set(inputs.map(({ target_triple }) => target_triple)),
    latestSupported,
    latestValidated,
    versions,
    reportOf: (version, target) => reports.get(`${version} ${target}`),
  };
}

function pointerValue(view: RootView, path: string): string | undefined {
  const bytes = bytesOf(view, path);
  if (bytes === undefined) throw new MatrixReadProblem(`${path} cannot be read`);
  const value = trimmed(new TextDecoder().decode(bytes));
  return value === '' || value === 'none' ? undefined : value;
}

async function versionsOf(view: RootView): Promise<MatrixRoot['versions']> {
  if (view.list('versions').kind !== 'folder') throw new MatrixReadProblem('versions cannot be read');
  const names = entriesOf(view, 'versions').map(({ name }) => name);
  const read = names
    .filter((name) => name.endsWith('.json') && name !== '.json')
    .map(async (name) => {
      const { semantic_version, status, coverage } = await jsonFile(view, `versions/${name}`, VersionSchema);
      return {
        version: semantic_version,
        status: status ?? undefined,
        supportedTargets: coverage?.supported_targets ?? [],
      };
    });
  return Promise.all(read);
}

async function reportFor(view: RootView, version: string, target: string): Promise<MatrixReport | undefined> {
  const exact = `reports/${version}/coverage.${target}.json`;
  if (view.read(exact).kind !== 'absent') return summary(await jsonFile(view, exact, ReportSchema));
  for (const name of ['any', 'all']) {
    const path = `reports/${version}/coverage.${name}.json`;
    if (view.read(path).kind === 'absent') continue;
    const report = await jsonFile(view, path, ReportSchema);
    const targets = report.inputs?.upstream?.targets ?? [];
    if (targets.length === 0 || targets.includes(target)) return summary(report);
  }
  return undefined;
}

function summary({ deltas = {} }: Static<typeof ReportSchema>): MatrixReport {
  const lists = deltas as Readonly<Record<string, readonly unknown[] | undefined>>;
  const has = (prefix: string): boolean =>
    LISTS.some((list) => list.startsWith(prefix) && (lists[list] ?? []).length > 0);
  return { missing: has('missing_'), waived: has('intentionally_'), wrapperOnly: has('wrapper_only_') };
}
