import { planPromotion, type PlannedWrite, type PromotionPlan } from '@cliparity/lifecycle';
import { withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { FindingError, type Finding, type Result } from '@cliparity/model';
import { compareDerived, rootPointers } from '@cliparity/rules';
import { join } from 'node:path';
import { checkPointers } from './check-pointers.js';
import { readRecord, recordFindings, staleFindings, whyNotValidated, type VersionRecord } from './version-record.js';
import { lockedVersionOf, openRootContext, type RootContext } from '../base/root-context.js';
import { findingsResult } from '../views/findings-view.js';
import { promotedResult } from '../views/promoted-view.js';
import type { Workbench } from '../base/workbench.js';

export interface PromoteRequest {
  readonly cli: string;
  readonly version: string;
  /** Say what would be written. */
  readonly dryRun?: boolean;
  /** Compare with what is committed; write nothing. */
  readonly check?: boolean;
}
interface Promoted {
  readonly result: Result;
  readonly findings: readonly Finding[];
}

/** Errors: those of `planPromotion`, POINTER_INVALID_VALUE. */
function planOf(record: VersionRecord): PromotionPlan {
  const { root, version, existing, facts, inputs } = record;
  if (existing === undefined)
    throw new FindingError('GATE_NOT_MET', `${root.name} ${version} was never verified.`, {
      where: record.file.name,
      remedy: `Run cliparity verify ${root.name} ${version} first.`,
    });
  const { expected, required } = root.manifest.targets;
  const pointers = rootPointers(facts.view, expected);
  checkPointers(facts.view, facts.prefix, expected);
  const why = whyNotValidated(record);
  if (why !== undefined)
    throw new FindingError('GATE_NOT_MET', why, {
      where: record.file.name,
      remedy: 'Do what is missing first; nothing was written.',
    });
  return planPromotion({
    version,
    metadata: existing,
    unionText: inputs.union.text,
    seenTargets: inputs.union.value.inputs.map(({ target_triple }) => target_triple),
    expectedTargets: expected,
    requiredTarget: required,
    pointers,
  });
}

function staleRecord(record: VersionRecord): readonly Finding[] {
  const { root, version } = record;
  const help = `Run cliparity rebuild ${root.name}, or cliparity verify ${root.name} ${version}, read the change, commit it.`;
  return recordFindings(record).map((one) => ({ ...one, help }));
}

/** The files of the plan whose bytes are not there yet, in the order in which they are written. */
function openWrites({ facts }: VersionRecord, { writes }: PromotionPlan): readonly PlannedWrite[] {
  return writes.filter(({ path, text }) => {
    const state = facts.view.read(path);
    return state.kind !== 'file' || Buffer.compare(state.bytes, Buffer.from(text)) !== 0;
  });
}

async function promoteRecord(root: RootContext, version: string, request: PromoteRequest): Promise<Promoted> {
  const record = await readRecord(root, version);
  const stale = record.existing === undefined ? [] : staleRecord(record);
  const subject = `promotion of ${root.name} ${version}`;
  if (stale.length > 0) return { result: findingsResult(subject, stale), findings: stale };
  const plan = planOf(record);
  if (request.check === true) {
    const help = `Run cliparity promote ${root.name} ${version}, read the change, commit it.`;
    const findings = compareDerived(record.facts.view, plan.writes, record.facts.prefix).map((one) => ({
      ...one,
      help,
    }));
    return { result: findingsResult(subject, findings), findings };
  }
  const open = openWrites(record, plan);
  if (request.dryRun !== true) for (const { path, text } of open) await writeAtomic(join(root.path, path), text);
  const files = open.map(({ path }) => record.facts.prefix + path);
  return {
    result: promotedResult({ cli: root.name, version, plan, files, dryRun: request.dryRun === true }),
    findings: [],
  };
}

/**
 * `promote CLI VERSION`: makes a verified version the latest validated one. Every file is written whole, one after the other, under the root's
 * lock; a run killed in between leaves a root of which `validate` says that the same command must be run again.
 * Errors: GATE_NOT_MET, PROMOTION_BACKWARDS, VERSION_NOT_STABLE, POINTER_INVALID_VALUE, VERSION_RECORD_EDITED.
 */
export async function promoteVersion(bench: Workbench, request: PromoteRequest): Promise<Promoted> {
  const root = await openRootContext(bench, request.cli);
  const version = await lockedVersionOf(root, request.version);
  const stale = await staleFindings(root, version);
  if (stale.length > 0)
    return { result: findingsResult(`promotion of ${root.name} ${version}`, stale), findings: stale };
  if (request.check === true || request.dryRun === true) return promoteRecord(root, version, request);
  return withRootLock(root, () => promoteRecord(root, version, request));
}
