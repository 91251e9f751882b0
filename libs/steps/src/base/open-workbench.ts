import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { createHttpClient, defaultStorePath, npmNetworkSettings, openStore } from '@cliparity/acquisition';
import { builtins, createIo, createKernel, findWorkspace, loadConfig } from '@cliparity/kernel';
import { UsageError } from '@cliparity/model';
import type { Io } from '@cliparity/plugin-api';
import { createMasker, type Masker } from '@cliparity/redact';
import type { Workbench } from './workbench.js';

/** Where a run takes place and where its words go; the same for the command, an Nx task and a test. */
export interface WorkbenchRequest {
  /** The workspace; found upward from the working directory when absent. */
  readonly workspace?: string | undefined;
  /** Folder of the roots, relative to the workspace or absolute; the configuration’s, else `cli_manifests`. */
  readonly manifests?: string | undefined;
  /** Read this configuration file and search for none. */
  readonly config?: string | undefined;
  /** `PATH=VALUE` overrides of the configuration, in order. */
  readonly set?: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly emit: Io['emit'];
  /** The one that also masks what is printed. */
  readonly masker?: Masker;
}

/** The HTTP client is made at the first request: its settings come from npm’s configuration, which costs more than most steps. */
function lazyFetch(workspace: string, { signal, emit }: WorkbenchRequest): Io['fetch'] {
  let client: Promise<Io['fetch']> | undefined;
  const make = async (): Promise<Io['fetch']> => {
    const onNote = (message: string): void => emit({ type: 'note', level: 'warn', message });
    return createHttpClient({ ...(await npmNetworkSettings({ cwd: workspace })), signal, onNote });
  };
  return async (url, options) => (await (client ??= make()))(url, options);
}

/**
 * Finds the workspace, reads its configuration and composes the run.
 * @throws UsageError CONFIG_*, PLUGIN_*
 */
export async function openWorkbench(request: WorkbenchRequest): Promise<Workbench> {
  const { signal, emit, masker = createMasker() } = request;
  const from = resolve(request.workspace ?? '.');
  if (statSync(from, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError('WORKSPACE_MISSING', `there is no folder ${from}`, {
      where: from,
      remedy: 'Check -C, --workspace.',
    });
  }
  const workspace = request.workspace === undefined ? findWorkspace(from) : from;
  const config = await loadConfig({ workspace, from, file: request.config, set: request.set });
  const io = createIo({ signal, emit, masker, fetch: lazyFetch(workspace, request) });
  const chosen = config.config.store?.path ?? defaultStorePath({ env: io.env });
  const storePath = isAbsolute(chosen) ? chosen : join(workspace, chosen);
  const kernel = await createKernel({ workspace, config, builtins, io, store: storePath });
  const manifests = request.manifests ?? kernel.config.manifests ?? 'cli_manifests';
  return {
    workspace,
    manifests: isAbsolute(manifests) ? manifests : join(workspace, manifests),
    kernel,
    io,
    store: openStore(storePath),
    mask: masker.mask,
    concurrency: kernel.config.concurrency ?? availableParallelism(),
  };
}
