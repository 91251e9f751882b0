import { isAbsolute, join, resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import { defaultStorePath, openStore } from '@cliparity/acquisition';
import { builtins, createIo, createKernel, findWorkspace, loadConfig, type Kernel } from '@cliparity/kernel';
import type { Io, RenderOptions } from '@cliparity/plugin-api';
import { createMasker } from '@cliparity/redact';
import type { Workbench } from '@cliparity/steps';
import { makeNarrator, type Narrator } from './narrator.js';
import { wantsColor } from './wants-color.js';

/** One run of the command: the workbench, and where its words go. */
export interface Session {
  readonly options: Readonly<Record<string, unknown>>;
  readonly bench: Workbench;
  readonly kernel: Kernel;
  readonly signal: AbortSignal;
  readonly narrator: Narrator;
  readonly mask: (text: string) => string;
  readonly stdout: RenderOptions;
  readonly stderrColor: boolean;
  readonly close: () => void;
}

/** Ctrl-C and a polite kill end children and half-done work; a second one ends us at once. */
function stopOnSignals(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const release = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  return { signal: controller.signal, release };
}

/** The HTTP client is made at the first request: its settings come from npm’s configuration, which costs more than most commands. */
function lazyFetch(workspace: string, signal: AbortSignal, emit: Io['emit']): Io['fetch'] {
  let client: Promise<Io['fetch']> | undefined;
  const make = async (): Promise<Io['fetch']> => {
    const { createHttpClient, npmNetworkSettings } = await import('./network.js');
    const onNote = (message: string): void => emit({ type: 'note', level: 'warn', message });
    return createHttpClient({ ...(await npmNetworkSettings({ cwd: workspace })), signal, onNote });
  };
  return async (url, options) => (await (client ??= make()))(url, options);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Finds the workspace, reads the configuration, composes the run. */
export async function openSession(options: Readonly<Record<string, unknown>>): Promise<Session> {
  const { signal, release } = stopOnSignals();
  const masker = createMasker();
  const narrator = makeNarrator({
    quiet: options['quiet'] === true,
    verbose: options['verbose'] === true,
    progress: options['progress'] !== false && process.env['CI'] === undefined,
    tty: process.stderr.isTTY,
    write: (chunk) => void process.stderr.write(masker.mask(chunk)),
  });
  const given = text(options['workspace']);
  const from = resolve(given ?? '.');
  const workspace = given === undefined ? findWorkspace(from) : from;
  const config = await loadConfig({
    workspace,
    from,
    file: text(options['config']),
    set: options['set'] as string[] | undefined,
  });
  const io = createIo({ signal, emit: narrator.emit, masker, fetch: lazyFetch(workspace, signal, narrator.emit) });
  const kernel = await createKernel({ workspace, config, builtins, io });
  const manifests = text(options['manifests']) ?? kernel.config.manifests ?? 'cli_manifests';
  const storePath = kernel.config.store?.path ?? defaultStorePath({ env: io.env });
  const bench: Workbench = {
    workspace,
    manifests: isAbsolute(manifests) ? manifests : join(workspace, manifests),
    kernel,
    io,
    store: openStore(isAbsolute(storePath) ? storePath : join(workspace, storePath)),
    concurrency: kernel.config.concurrency ?? availableParallelism(),
  };
  const width = process.stdout.columns;
  return {
    options,
    bench,
    kernel,
    signal,
    narrator,
    mask: (chunk) => masker.mask(chunk),
    stdout: {
      color: wantsColor({ when: options['color'], env: process.env, tty: process.stdout.isTTY }),
      ...(width !== undefined && { width }),
    },
    stderrColor: wantsColor({ when: options['color'], env: process.env, tty: process.stderr.isTTY }),
    close: release,
  };
}
