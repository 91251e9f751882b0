import type { StepEvent } from '@cliparity/plugin-api';
import { createMasker } from '@cliparity/redact';
import { openWorkbench, type Workbench } from '@cliparity/steps';

/** One process’s run of any number of tasks: plugins are loaded once, every task has its own words. */
export interface TaskSession {
  /** The workbench for one task, whose notes go to `say`. */
  readonly benchFor: (manifests: string, say: (line: string) => void) => Promise<Workbench>;
  readonly mask: (text: string) => string;
  readonly close: () => void;
}

/** Notes and ends of work become lines; progress is for terminals and does not belong into a cached output. */
function narrate(say: (line: string) => void): (event: StepEvent) => void {
  return (event) => {
    if (event.type === 'end' && event.message !== undefined) say(event.message);
    if (event.type === 'note' && event.level !== 'debug') {
      say(event.level === 'warn' ? `warning: ${event.message}` : event.message);
    }
  };
}

/** Opens a session over a workspace. A polite kill ends children and half-done work. */
export function openTaskSession(workspace: string): TaskSession {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const masker = createMasker();
  const benches = new Map<string, Promise<Workbench>>();
  const open = (manifests: string): Promise<Workbench> =>
    openWorkbench({ workspace, manifests, signal: controller.signal, emit: () => undefined, masker });
  return {
    benchFor: async (manifests, say) => {
      const opening = benches.get(manifests) ?? open(manifests);
      benches.set(manifests, opening);
      const bench = await opening;
      return { ...bench, io: { ...bench.io, emit: narrate((line) => say(masker.mask(line))) } };
    },
    mask: (text) => masker.mask(text),
    close: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
