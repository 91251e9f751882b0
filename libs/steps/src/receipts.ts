import { workspaceLayout, writeAtomic } from '@cliparity/manifest-store';
import { hostOf, hostText } from '@cliparity/runners';
import type { InputDigest } from './run-step.js';
import type { RootContext } from './root-context.js';

export interface Receipt {
  readonly inputs: readonly InputDigest[];
  readonly [fact: string]: unknown;
}

/** Leaves how a task ran here: host, time and what it says itself. Never compared, never committed. */
export async function writeReceipt(root: RootContext, task: string, receipt: Receipt): Promise<void> {
  const { workspace, io } = root.bench;
  const host = hostText(hostOf());
  const text = JSON.stringify({ receipt_version: 1, task, host, at: io.now().toISOString(), ...receipt }, null, 2);
  await writeAtomic(workspaceLayout(workspace).receipt(root.name, task.replaceAll('+', '_')), `${text}\n`);
}
