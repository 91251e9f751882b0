import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A new folder that is gone after the test file. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cliparity-store-'));
  afterAllRemove.push(folder);
  return folder;
}
const afterAllRemove: string[] = [];
afterAll(async () => {
  await Promise.all(afterAllRemove.map((folder) => rm(folder, { recursive: true, force: true })));
});
