import { access, constants, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { toCliparityError, type Cell, type Result } from '@cliparity/model';
import type { Io, Source } from '@cliparity/plugin-api';
import { chooseRunner, hostOf, hostText, isolationHere, isolationReport, keeperHere } from '@cliparity/runners';
import semver from 'semver';
import { openRootContext, sourcesOf, type RootContext } from '../base/root-context.js';
import { currentRootsOf } from '../base/roots-of.js';
import type { Workbench } from '../base/workbench.js';

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
  const { weaknesses, ...gives } = isolationReport(await isolationHere());
  const kept = (await keeperHere()) !== undefined;
  return [
    ...Object.entries(gives).map(([name, detail]): Check => ({ name: `isolation ${name}`, status: 'ok', detail })),
    kept
      ? {
          name: 'isolation survivors',
          status: 'ok',
          detail: 'children of a run that is killed are ended by its keeper',
        }
      : { name: 'isolation survivors', status: 'warn', detail: 'children of a run that is killed live on' },
    ...weaknesses.map((sentence): Check => ({ name: 'isolation weakness', status: 'warn', detail: sentence })),
  ];
}

/** One release of a source, or why there is none. Only asked when the user lets us use the network. */
async function reach(source: Source, io: Io): Promise<string> {
  for await (const release of source.releases(io)) return `answers, for instance ${release.version}`;
  return 'answers, but lists no release';
}

async function sourceCheck(root: RootContext, source: Source, network: boolean): Promise<Check> {
  const name = `${root.name} source ${source.id}`;
  if (!network) return { name, status: 'ok', detail: 'settings are fine; not asked (--network asks)' };
  try {
    return { name, status: 'ok', detail: await reach(source, root.bench.io) };
  } catch (thrown) {
    const { message, remedy } = toCliparityError(thrown);
    return { name, status: 'fail', detail: message, remedy: remedy ?? 'Check the network and the proxy settings.' };
  }
}

async function sourceChecks(bench: Workbench, network: boolean): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of await currentRootsOf(bench)) {
    const root = await openRootContext(bench, name);
    for (const source of await sourcesOf(root)) checks.push(await sourceCheck(root, source, network));
  }
  return checks;
}

function proxyCheck(bench: Workbench): Check {
  const set = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].filter(
    (name) => bench.io.env(name) !== undefined,
  );
  return {
    name: 'network',
    status: 'ok',
    detail: set.length === 0 ? 'direct, no proxy set' : `through ${set.join(', ')}`,
  };
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
export async function doctor(
  bench: Workbench,
  options: { readonly network?: boolean } = {},
): Promise<{ result: Result; failed: boolean }> {
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
    proxyCheck(bench),
    ...(await sourceChecks(bench, options.network === true)),
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
