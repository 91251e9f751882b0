import { Type, type Static } from '@sinclair/typebox';
import { readJsonIfThere, workspaceLayout, writeAtomic } from '@cliparity/manifest-store';
import { CliparityError } from '@cliparity/model';
import { hostOf, hostText } from '@cliparity/runners';
import type { InputDigest } from './run-step.js';
import type { RootContext } from './root-context.js';

const ReceiptSchema = Type.Object({
  receipt_version: Type.Literal(1),
  inputs: Type.Array(Type.Object({ name: Type.String(), sha256: Type.String() })),
});

/** What a task leaves about how it ran here; `inputs` is what it ran on. */
export interface Receipt {
  readonly inputs: readonly InputDigest[];
  readonly [fact: string]: unknown;
}

// A version may carry build metadata, a file name may not carry its plus sign.
const receiptPath = (root: RootContext, task: string): string =>
  workspaceLayout(root.workspace).receipt(root.name, task.replaceAll('+', '_'));

/** Leaves how a task ran here: host, time and what it says itself. Never compared, never committed. */
export async function writeReceipt(root: RootContext, task: string, receipt: Receipt): Promise<void> {
  const host = hostText(hostOf());
  const at = root.bench.io.now().toISOString();
  const text = JSON.stringify({ receipt_version: 1, task, host, at, ...receipt }, null, 2);
  await writeAtomic(receiptPath(root, task), `${text}\n`);
}

/** What a task ran on when it last ran here; undefined when it never did, or when its receipt cannot be read. */
export async function receiptInputs(
  root: RootContext,
  task: string,
): Promise<Static<typeof ReceiptSchema>['inputs'] | undefined> {
  try {
    return (await readJsonIfThere(receiptPath(root, task), ReceiptSchema))?.inputs;
  } catch (error) {
    // A damaged receipt only means that the task runs again.
    if (error instanceof CliparityError) return undefined;
    throw error;
  }
}
