import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { workspaceLayout, writeAtomic } from '@cliparity/manifest-store';
import type { RootContext } from '../base/root-context.js';

/** What a test command printed, masked. */
export interface TestLog {
  readonly version: string;
  readonly target: string;
  readonly sha256: string;
  readonly text: string;
}

// A version may carry build metadata, a file name may not carry its plus sign.
const stemOf = ({ version, target }: TestLog): string => `verify-${version}-${target}`.replaceAll('+', '_');

/** Keeps the log of a target's last run beside its receipt; older ones of the same version and target go. Answers where, relative to the workspace. */
export async function keepLog(root: RootContext, log: TestLog): Promise<string> {
  const stem = stemOf(log);
  const path = workspaceLayout(root.workspace).log(root.name, `${stem}-${log.sha256.slice(0, 12)}`);
  await writeAtomic(path, log.text);
  const folder = dirname(path);
  const older = (await readdir(folder)).filter(
    (name) => name.startsWith(`${stem}-`) && /^[0-9a-f]{12}\.log$/.test(name.slice(stem.length + 1)),
  );
  await Promise.all(
    older
      .map((name) => join(folder, name))
      .filter((one) => one !== path)
      .map((one) => rm(one, { force: true })),
  );
  return root.ref(path).name;
}
