import { access, constants, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Cell, Result } from '@cliparity/model';
import { chooseRunner, hostOf, hostText, isolationHere, isolationReport } from '@cliparity/runners';
import semver from 'semver';
import { openRootContext } from './root-context.js';
import { currentRootsOf } from './roots-of.js';
import type { Workbench } from './workbench.js';

/** The Node versions we run on; `engines` of the published package says the same. */
export const NODE_RANGE = '^20.19.0 || ^22.12.0 || >=24';

export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  readonly remedy?: string;
}

function nodeCheck(): Check {
  const ok = semver.satisfies(process.versions.node, NODE_RANGE);
  const detail = `${process.versions.node} (needs ${NODE_RANGE})`;
  return ok
    ? { name: 'node', status: 'ok', detail }
    : { name: 'node', status: 'fail', detail, remedy: 'Install a supported Node.' };
}

async function storeCheck(bench: Workbench): Promise<Check> {
  const { path } = bench.store;
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
    const items = await bench.store.list();
    return { name: 'store', status: 'ok', detail: `${path}, ${items.length} artifacts` };
  } catch (error) {
    return {
      name: 'store',
      status: 'fail',
      detail: (error as Error).message,
      remedy: 'Set CLIPARITY_STORE to a folder you may write.',
    };
  }
}

async function isolationChecks(): Promise<Check[]> {
  const report = isolationReport(await isolationHere());
  return Object.entries(report).map(([name, value]): Check => {
    const detail = Array.isArray(value) ? value.join('; ') : String(value);
    return { name: `isolation ${name}`, status: value === false ? 'warn' : 'ok', detail };
  });
}

async function targetChecks(bench: Workbench): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of await currentRootsOf(bench)) {
    const root = await openRootContext(bench, name);
    for (const id of root.manifest.targets.expected) {
      const choice = chooseRunner(await bench.kernel.targets.find(id));
      const label = `${name} ${id}`;
      checks.push(
        choice.ok
          ? { name: label, status: 'ok', detail: `runner ${choice.runner.id}` }
          : { name: label, status: 'warn', detail: choice.reason, remedy: choice.remedy },
      );
    }
  }
  return checks;
}

function nxCheck(bench: Workbench): Check {
  const require = createRequire(`${bench.workspace}/package.json`);
  try {
    return { name: 'nx', status: 'ok', detail: `${(require('nx/package.json') as { version: string }).version}` };
  } catch {
    return {
      name: 'nx',
      status: 'warn',
      detail: 'not installed here',
      remedy: 'Only cached and affected runs need it.',
    };
  }
}

const TONES = { ok: 'good', warn: 'warn', fail: 'bad' } as const;

/** `doctor`: what works on this machine, each failed check with its remedy. */
export async function doctor(bench: Workbench): Promise<{ result: Result; failed: boolean }> {
  const config: Check = {
    name: 'configuration',
    status: 'ok',
    detail: bench.kernel.configFile ?? 'none, defaults hold',
  };
  const host: Check = { name: 'host', status: 'ok', detail: hostText(hostOf()) };
  const checks = [
    nodeCheck(),
    host,
    config,
    nxCheck(bench),
    await storeCheck(bench),
    ...(await isolationChecks()),
    ...(await targetChecks(bench)),
  ];
  const failed = checks.some((check) => check.status === 'fail');
  const rows = checks.map((check): (Cell | string)[] => [
    { text: check.status, tone: TONES[check.status] },
    check.name,
    check.detail,
    check.remedy ?? '',
  ]);
  const result: Result = {
    kind: 'doctor',
    schema_version: 1,
    data: { ok: !failed, checks },
    view: {
      headline: failed ? 'something here does not work' : 'this machine can do the main job',
      tone: failed ? 'bad' : 'good',
      tables: [{ columns: [{ title: '' }, { title: 'check' }, { title: 'found' }, { title: 'remedy' }], rows }],
    },
  };
  return { result, failed };
}
