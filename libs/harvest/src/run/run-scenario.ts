import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FindingError } from '@cliparity/model';
import { startModelServer, type ModelServer } from '@cliparity/model-server';
import type { Plan, PlanStep } from '@cliparity/plugin-api';
import { childEnv } from '@cliparity/runners';
import { streamNames } from '../plan/check-plan.js';
import { fill, type Names } from '../plan/fill.js';
import { runExecStep } from './exec-step.js';
import { makeRunFolders, type RunFolders } from './run-folders.js';
import { startOutboundTrap, type OutboundTrap } from './outbound-trap.js';
import type { RawStream } from './raw-stream.js';
import { runRpcStep } from './rpc-step.js';
import { taken, type StepPlace } from './step-place.js';
import { giveTo, variationOf, type Variation } from './variation.js';

/** One run of a scenario. */
export interface RunSpec {
  /** The scenario's name, which its streams' names begin with. */
  readonly name: string;
  readonly plan: Plan;
  /** Absolute path of the upstream's executable. */
  readonly binary: string;
  /** Absolute folder below which the run's own folders are made and deleted. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** The first run’s unless said. */
  readonly variation?: Variation;
}

/** What a run gave, and the values of this run that must not be in a fixture. */
export interface RawRun {
  readonly streams: readonly RawStream[];
  readonly values: {
    readonly cwd: string;
    readonly home: string;
    readonly tmp: string;
    readonly port: string;
    readonly proxyPort: string;
    readonly zone: string;
  };
}

async function writeFiles({ files }: Plan, folders: RunFolders, names: Names): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(path.startsWith('home/') ? folders.home : folders.cwd, path.replace(/^(?:cwd|home)\//, ''));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, fill(text, names));
  }
}

/** All that is in the run’s folders, for a user whom they are given to. */
async function everything(root: string): Promise<readonly string[]> {
  return [root, ...(await readdir(root, { recursive: true })).map((path) => join(root, path))];
}

/** The environment of the upstream: nothing of ours, no network but loopback. */
function environment(
  plan: Plan,
  folders: RunFolders,
  { names, zone }: { readonly names: Names; readonly zone: string },
): Readonly<Record<string, string>> {
  const own = Object.entries(plan.env ?? {}).map(([name, value]) => [name, fill(value, names)] as const);
  const proxy = names['proxy'] ?? '';
  const direct = '127.0.0.1,localhost,::1';
  return {
    ...childEnv({ root: folders.root, home: folders.home, tmp: folders.tmp }, 100, Object.fromEntries(own)),
    TZ: zone,
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    http_proxy: proxy,
    https_proxy: proxy,
    ALL_PROXY: proxy,
    NO_PROXY: direct,
    no_proxy: direct,
  };
}

/** Whom a run could speak to. */
interface Servers {
  readonly name: string;
  readonly model: ModelServer | undefined;
  readonly trap: OutboundTrap;
}

/** What the upstream asked that it should not have; undefined when it did not. */
function strayed({ name, model, trap }: Servers, cause?: unknown): FindingError | undefined {
  const hosts = trap.hosts();
  if (hosts.length > 0) {
    return new FindingError('SCENARIO_LEFT_LOOPBACK', `The upstream asked for ${hosts.join(', ')}.`, {
      where: name,
      remedy: 'Switch that off in the scenario’s files: a recording must not depend on the network.',
      cause,
    });
  }
  // Of a run that failed, answers that nobody asked for are the consequence.
  const problems = cause === undefined || model?.requests.some(({ answered }) => !answered) ? model?.problems() : [];
  if (problems === undefined || problems.length === 0) return undefined;
  return new FindingError('MODEL_SCRIPT_MISMATCH', `The model’s script does not fit: ${problems.join('; ')}.`, {
    where: name,
    remedy: 'Script an answer for each request, and take out the answers that are never asked for.',
    cause,
  });
}

const runStep = (step: PlanStep, place: StepPlace): Promise<RawStream> =>
  step.kind === 'exec' ? runExecStep(step, place) : runRpcStep(step, place);

async function runSteps({ name, plan }: RunSpec, place: Omit<StepPlace, 'stream'>): Promise<readonly RawStream[]> {
  const wanted = streamNames(name, plan);
  const streams: RawStream[] = [];
  for (const [at, step] of plan.steps.entries()) {
    streams.push(await runStep(step, { ...place, stream: wanted[at] ?? name }));
  }
  return streams;
}

/**
 * Runs a scenario once against the real upstream, in folders and with servers of its own.
 * Errors: those of its steps, SCENARIO_LEFT_LOOPBACK, MODEL_SCRIPT_MISMATCH, SCENARIO_PLACEHOLDER_UNKNOWN.
 */
export async function runScenario(spec: RunSpec): Promise<RawRun> {
  const { name, plan, binary, scratch, signal, variation = variationOf(0, undefined) } = spec;
  const { zone, user } = variation;
  const folders = await makeRunFolders(scratch);
  const trap = await startOutboundTrap();
  const model = plan.model === undefined ? undefined : await startModelServer(plan.model);
  const names: Record<string, string> = {
    cwd: folders.cwd,
    home: folders.home,
    proxy: trap.url,
    node: process.execPath,
  };
  if (model !== undefined) Object.assign(names, { model: model.url, port: String(model.port) });
  try {
    await writeFiles(plan, folders, names);
    if (user !== undefined) await giveTo(user, await everything(folders.root));
    const env = environment(plan, folders, { names, zone });
    const keep: StepPlace['keep'] = (key, value, from) => void (names[key] = taken(key, value, from));
    const elapsed = (): number => performance.now();
    const place = { binary, cwd: folders.cwd, env, names, model, signal, user, keep, elapsed };
    const servers = { name, model, trap };
    const streams = await runSteps(spec, place).catch((error: unknown) => {
      // Whom it could not reach, or what the model did not know, is why it failed.
      throw signal.aborted ? error : (strayed(servers, error) ?? error);
    });
    const astray = strayed(servers);
    if (astray !== undefined) throw astray;
    const port = String(model?.port ?? '');
    const proxyPort = new URL(trap.url).port;
    return { streams, values: { cwd: folders.cwd, home: folders.home, tmp: folders.tmp, port, proxyPort, zone } };
  } finally {
    await Promise.all([model?.close(), trap.close()]);
    await rm(folders.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}
