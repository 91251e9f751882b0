import { readJson, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { UnionSchema, type Finding, type Result, type Semver, type Union } from '@cliparity/model';
import { chainVersion } from '../derive/chain-version.js';
import { importSnapshots } from '../exchange/import-snapshots.js';
import { lockVersion } from '../upstream/lock-version.js';
import { lockOf, openRootContext, type RootContext } from '../base/root-context.js';
import { unitChanges } from './update-changes.js';
import { mustBeReady, repositoryOf, type Repository } from './update-git.js';
import { planUpdate, refuseMinSupported, type UpdatePlan, type UpdateRequest } from './update-plan.js';
import { restoring } from './update-restore.js';
import { validate } from '../validate/validate.js';
import { commitMessage, idleResult, plannedResult, updatedResult, type Updated } from '../views/update-view.js';
import { findingsResult } from '../views/findings-view.js';
import type { Workbench } from '../base/workbench.js';

export interface UpdateOutcome {
  readonly result: Result;
  /** What the update would bring that is wrong; then nothing was committed. */
  readonly findings: readonly Finding[];
}
interface Task {
  readonly root: RootContext;
  readonly version: Semver;
  readonly plan: UpdatePlan;
  readonly request: UpdateRequest;
}

const unionOf = (root: RootContext, version: Semver): Promise<Union> => {
  const { name, path } = root.ref(root.layout.union(version));
  return readJson(path, UnionSchema, { name });
};

const errorsIn = async ({ bench, name }: RootContext): Promise<readonly Finding[]> =>
  (await validate(bench, { cli: name })).findings.filter(({ severity }) => severity === 'error');

/** Lock, snapshots made elsewhere, then the chain: acquire, capture, snapshot, union, report. */
async function derive({ root, version, plan, request }: Task): Promise<Result> {
  const { bench, name: cli } = root;
  const note = (message: string): void => bench.io.emit({ type: 'note', message });
  if (!plan.locked) {
    await lockVersion(bench, { cli, version });
    note(`${cli} ${version}: pinned`);
  }
  if (request.snapshots !== undefined) await importSnapshots(bench, { cli, dir: request.snapshots });
  return (await chainVersion(bench, { cli, version })).result;
}

async function describe(task: Task, report: Result): Promise<Updated> {
  const { root, version, plan } = task;
  const after = await unionOf(root, version);
  const before = plan.before === undefined ? undefined : await unionOf(root, plan.before);
  const { artifacts } = await lockOf(root);
  return {
    cli: root.name,
    version,
    reason: plan.reason,
    before: plan.before,
    changes: before === undefined ? undefined : unitChanges(before, after),
    pins: artifacts.filter((entry) => entry.semantic_version === version),
    missingTargets: after.missing_targets ?? [],
    missingUnits: (report.data as { readonly missing?: number }).missing ?? 0,
  };
}

class NewFindings extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super('the update brings findings');
  }
}

async function writeBody(bench: Workbench, file: string, result: Result): Promise<void> {
  const markdown = await bench.kernel.reporter('markdown');
  await writeAtomic(file, [...markdown.render(result, { color: false })].join(''));
}

/** The whole change, or nothing of it. */
async function takeUp(task: Task, repository: Repository | undefined): Promise<Result> {
  const { root, request, plan } = task;
  const known = new Set((await errorsIn(root)).map(({ fingerprint }) => fingerprint));
  const updated = await describe(task, await derive(task));
  const fresh = (await errorsIn(root)).filter(({ fingerprint }) => !known.has(fingerprint));
  if (fresh.length > 0) throw new NewFindings(fresh);
  const onBranch = request.branch === true && repository !== undefined;
  const made = onBranch ? { ...updated, branch: plan.branch } : updated;
  // Before the commit: a text that cannot be written must not leave a branch behind.
  if (request.body !== undefined) await writeBody(root.bench, request.body, updatedResult(made));
  if (!onBranch) return updatedResult(made);
  return updatedResult({ ...made, commit: await repository.commit(plan.branch, commitMessage(updated)) });
}

/**
 * `update CLI [VERSION]`: takes up one version as a whole. When a step fails, or what it made does not validate, the root is as it was before
 * and there is no branch.
 * Errors: those of `mustBeReady` and of each step.
 */
export async function updateVersion(bench: Workbench, request: UpdateRequest): Promise<UpdateOutcome> {
  refuseMinSupported(request);
  const root = await openRootContext(bench, request.cli);
  const plan = await planUpdate(root, request.version);
  const { version } = plan;
  if (version === undefined) return { result: idleResult(root.name, plan.reason), findings: [] };
  const repository = await repositoryOf(root, request.branch === true);
  await mustBeReady(root, repository, request.branch === true ? plan.branch : undefined);
  if (request.dryRun === true) return { result: plannedResult(root.name, plan, request), findings: [] };
  const task: Task = { root, version, plan, request };
  try {
    const result = await withRootLock(root, () => restoring(root, version, () => takeUp(task, repository)));
    return { result, findings: [] };
  } catch (error) {
    if (!(error instanceof NewFindings)) throw error;
    const subject = `${root.name} ${version}, not taken up`;
    return { result: findingsResult(subject, error.findings), findings: error.findings };
  }
}
