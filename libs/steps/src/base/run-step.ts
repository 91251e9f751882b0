import { readFileSync } from 'node:fs';
import { compareBytes, finding, type Finding, type Result } from '@cliparity/model';
import type { FileRef, FileSet, Io, Step } from '@cliparity/plugin-api';
import { fileSetOf } from './file-set.js';

/** One named digest that a derived file records about what it was made from. */
export interface InputDigest {
  readonly name: string;
  readonly sha256: string;
}

/** A step whose outputs are files of a root and say themselves what they were made from. */
export interface DerivedStep<P> extends Step<P> {
  /** The digests today’s inputs have; undefined when an input is missing, so that `run` can say which. */
  expected(params: P, read: FileSet): readonly InputDigest[] | undefined;
  /** The digests an output file records; undefined when it does not parse. */
  recorded(output: FileRef, bytes: Uint8Array): readonly InputDigest[] | undefined;
  /** The result to show when nothing had to be done. */
  present(params: P, outputs: FileSet, read: FileSet): Result;
}

export interface StepMode {
  /** Run although the outputs are up to date. */
  readonly force?: boolean;
  /** Derive and compare; write nothing. */
  readonly check?: boolean;
}
export interface StepOutcome {
  readonly status: 'up-to-date' | 'written' | 'same' | 'checked';
  readonly result: Result;
  /** Output files that changed, or with `check` that differ, by name. */
  readonly changed: readonly string[];
  readonly findings: readonly Finding[];
}
/** What writes files; given by the caller so that the runner itself stays testable. */
export interface StepHost {
  readonly io: Io;
  readonly write: (files: readonly { readonly path: string; readonly bytes: Uint8Array }[]) => Promise<void>;
}

function readFile(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function readAll(refs: readonly FileRef[]): FileSet {
  const files = new Map<string, Uint8Array>();
  for (const ref of refs) {
    const bytes = readFile(ref.path);
    if (bytes !== undefined) files.set(ref.name, bytes);
  }
  return fileSetOf(files);
}

const keyOf = (digests: readonly InputDigest[]): string =>
  digests
    .map((d) => `${d.name}=${d.sha256}`)
    .sort(compareBytes)
    .join('\n');

function isUpToDate<P>(
  step: DerivedStep<P>,
  params: P,
  have: { readonly read: FileSet; readonly old: FileSet },
): boolean {
  const expected = step.expected(params, have.read);
  if (expected === undefined) return false;
  const wanted = keyOf(expected);
  return step.outputs(params).every((ref) => {
    const bytes = have.old.get(ref.name);
    const recorded = bytes === undefined ? undefined : step.recorded(ref, bytes);
    return recorded !== undefined && keyOf(recorded) === wanted;
  });
}

const equal = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0;

function staleFinding(ref: FileRef, old: Uint8Array | undefined): Finding {
  const missing = old === undefined;
  return finding({
    code: missing ? 'DERIVED_FILE_MISSING' : 'DERIVED_FILE_DIFFERS',
    message: missing ? `${ref.name} is missing` : `${ref.name} differs from what its inputs give`,
    file: ref.name,
    help: 'Run the same command without --check, read the change, commit it.',
  });
}

/**
 * Runs one step under the rule that holds for all of them: outputs that exist and record today's input digests are left alone.
 * Outputs are written only when their bytes change, all of them or none.
 */
export async function runStep<P>(
  step: DerivedStep<P>,
  params: P,
  how: StepMode & { readonly host: StepHost },
): Promise<StepOutcome> {
  const read = readAll(step.inputs(params));
  const outputs = step.outputs(params);
  const old = readAll(outputs);
  if (how.force !== true && how.check !== true && isUpToDate(step, params, { read, old })) {
    return { status: 'up-to-date', result: step.present(params, old, read), changed: [], findings: [] };
  }
  const made = await step.run(params, read, how.host.io);
  const refs = new Map(outputs.map((ref) => [ref.name, ref]));
  const changed = made.write.names().filter((name) => !equal(old.get(name), made.write.get(name) as Uint8Array));
  if (how.check === true) {
    const findings = changed.map((name) => staleFinding(refs.get(name) as FileRef, old.get(name)));
    return { status: 'checked', result: made.result, changed, findings };
  }
  await how.host.write(
    changed.map((name) => ({ path: (refs.get(name) as FileRef).path, bytes: made.write.get(name) as Uint8Array })),
  );
  return { status: changed.length === 0 ? 'same' : 'written', result: made.result, changed, findings: [] };
}
