import { existsSync } from 'node:fs';
import { pointerVersion } from '@cliparity/lifecycle';
import { withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { CliparityError, finding, type Finding } from '@cliparity/model';
import {
  bytesOf,
  CATALOGUE,
  compareDerived,
  copyFindings,
  folderView,
  generatedCopies,
  type DerivedFile,
} from '@cliparity/rules';
import { join, relative } from 'node:path';
import type { RootContext } from '../base/root-context.js';
import { rootFactsOf } from '../base/root-facts-of.js';
import type { StepMode, StepOutcome } from '../base/run-step.js';
import { writeGeneratedCopies } from '../validate/write-generated-copies.js';
import { derivedRecord, readRecord } from './version-record.js';

/** What deriving a file again came to. */
export type Rederived = Pick<StepOutcome, 'status' | 'changed' | 'findings'>;

/** A root of either format. */
type Place = Pick<RootContext, 'name' | 'path' | 'workspace'>;

const found = (findings: readonly Finding[]): Rederived => ({
  status: 'checked',
  changed: findings.flatMap(({ location }) => location?.file ?? []),
  findings,
});

/** Compares one derived file with the committed one and, unless only that was asked for, writes it. */
async function settle(root: Place, { path, text }: DerivedFile, { check }: StepMode): Promise<Rederived> {
  const view = folderView(root.path);
  const prefix = `${relative(root.workspace, root.path).replaceAll('\\', '/')}/`;
  const findings = compareDerived(view, [{ path, text }], prefix);
  if (check === true) return found(findings);
  if (findings.length === 0) return { status: 'same', changed: [], findings: [] };
  await withRootLock(root, () => writeAtomic(join(root.path, path), text));
  return { status: 'written', changed: [`${prefix}${path}`], findings: [] };
}

/**
 * The metadata of a version out of today's inputs: outcomes and status as they are. Undefined when the version has none; a status that does not
 * follow any more is a finding, and nothing is written.
 */
export async function rebuildMetadata(
  root: RootContext,
  version: string,
  mode: StepMode,
): Promise<Rederived | undefined> {
  if (!existsSync(root.layout.version(version))) return undefined;
  try {
    return await settle(root, derivedRecord(await readRecord(root, version)), mode);
  } catch (error) {
    if (!(error instanceof CliparityError) || error.exitCode !== 1) throw error;
    const { name: file } = root.ref(root.layout.version(version));
    return found([finding({ code: error.code, message: error.message, file, key: version, help: error.remedy })]);
  }
}

/** `current.json`, the copy of the latest validated version's union; undefined when nothing is validated. */
export async function rebuildCurrent(root: Place, mode: StepMode): Promise<Rederived | undefined> {
  const view = folderView(root.path);
  const pointer = bytesOf(view, 'latest_validated.txt');
  const version = pointer === undefined ? undefined : pointerVersion(new TextDecoder().decode(pointer));
  const union = version === undefined ? undefined : bytesOf(view, `snapshots/${version}/union.json`);
  return union === undefined
    ? undefined
    : settle(root, { path: 'current.json', text: new TextDecoder().decode(union) }, mode);
}

/** The generated copies, where the root has any: `validate` with --fix makes them. */
export async function rebuildCopies(root: RootContext, { check }: StepMode): Promise<Rederived | undefined> {
  const facts = await rootFactsOf(root);
  const copies = generatedCopies(root.manifest, facts.systems, CATALOGUE);
  if (copies.every(({ path }) => bytesOf(facts.view, path) === undefined)) return undefined;
  if (check === true) return found(copyFindings(facts, copies));
  const changed = (await writeGeneratedCopies(root)).map((path) => `${facts.prefix}${path}`);
  return { status: changed.length === 0 ? 'same' : 'written', changed, findings: [] };
}
