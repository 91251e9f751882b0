import type { Kernel } from '@cliparity/kernel';
import type { RenderOptions } from '@cliparity/plugin-api';
import { createMasker } from '@cliparity/redact';
import { openWorkbench, type Workbench } from '@cliparity/steps';
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
  const bench = await openWorkbench({
    workspace: text(options['workspace']),
    manifests: text(options['manifests']),
    config: text(options['config']),
    set: options['set'] as string[] | undefined,
    signal,
    emit: narrator.emit,
    masker,
  });
  const width = process.stdout.columns;
  return {
    options,
    bench,
    kernel: bench.kernel,
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
