import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mustRun } from './command.js';
import { makeUpstream, publish } from './fake-upstream.js';
import { copyPlace, editJson, makePlace, put, type Place } from './place.js';

/** The wrapper's tests: say where they run, ask the binary for its version, and end as `end.txt` says. */
const TESTS = `import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const { CLIPARITY_BINARY, CLIPARITY_VERSION, CLIPARITY_TARGET, HOME } = process.env;
console.log(execFileSync(CLIPARITY_BINARY, ['--version'], { encoding: 'utf8' }).trim(), CLIPARITY_VERSION, CLIPARITY_TARGET);
console.log('took', process.hrtime.bigint(), 'ns at home in', HOME, process.argv.slice(2).join(' '));
if (existsSync('hang.txt')) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'inherit' });
  writeFileSync('hang.txt', [process.pid, child.pid].join(' '));
}
process.exitCode = existsSync('end.txt') ? Number(readFileSync('end.txt', 'utf8')) : 0;
`;
/** The wrapper's test command. */
export const TEST_COMMAND = ['node', 'tests.mjs', '{version}', '{target}', '{other}'];
export const METADATA = 'versions/1.0.0.json';
export const VERIFY = ['verify', 'fake', '1.0.0'] as const;
export const PROMOTE = ['promote', 'fake', '1.0.0'] as const;

/** A place whose wrapper has tests and whose version 1.0.0 is reported, and the same with that version verified. */
export async function makeVerifyPlaces(): Promise<{ readonly reported: Place; readonly verified: Place }> {
  const wrapper = { name: 'fake-wrapper', test: TEST_COMMAND };
  const reported = makePlace({ wrapper, promotion: { mode: 'tests_first_v1' } });
  put(join(reported.workspace, 'tests.mjs'), TESTS);
  publish(reported.upstream, (await makeUpstream(join(reported.base, 'program'))).path);
  await mustRun(reported, ['lock', 'fake', '1.0.0']);
  await mustRun(reported, ['report', 'fake', '1.0.0', '--chain']);
  const verified = copyPlace(reported);
  await mustRun(verified, VERIFY);
  return { reported, verified };
}

/** What the tests look at in the metadata of version 1.0.0. */
export interface Metadata {
  status: string;
  notes?: string;
  validation: { passed_targets: string[]; failed_targets: string[]; skipped_targets: string[]; runs: object[] };
}
export const metadataOf = (place: Place): Metadata =>
  JSON.parse(readFileSync(join(place.root, METADATA), 'utf8')) as Metadata;

/** Sets or takes away the manifest's test command. */
export const setTestCommand = (place: Place, test: readonly string[] | undefined): void =>
  editJson<{ wrapper: object }>(
    join(place.root, 'cliparity.json'),
    (manifest) => (manifest.wrapper = { name: 'fake-wrapper', ...(test !== undefined && { test }) }),
  );

/** The texts of the logs that are kept. */
export function logsOf(place: Place): string[] {
  const folder = join(place.workspace, '.cliparity/receipts/fake');
  const names = readdirSync(folder).filter((name) => name.endsWith('.log'));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** The tests that hang, and the child they started. */
export const pidsOf = (place: Place): number[] =>
  readFileSync(join(place.workspace, 'hang.txt'), 'utf8').split(' ').map(Number).filter(Boolean);

/** Whether a process still runs: one that ended and was not collected yet does not. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Which of the tests that hang still run when the system has had its time to end them. */
export async function survivorsOf(place: Place): Promise<number[]> {
  for (let tries = 0; tries < 1000 && pidsOf(place).some(isAlive); tries += 1) await pause(10);
  return pidsOf(place).filter(isAlive);
}
