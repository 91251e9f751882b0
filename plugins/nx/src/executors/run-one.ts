import { toCliparityError, UsageError, type CliparityError } from '@cliparity/model';
import { USUAL_MANIFESTS } from '../graph/options.js';
import type { StepOptions } from '../graph/step-task.js';
import { perform } from './perform.js';
import type { TaskSession } from './session.js';
import type { Shown } from './target-steps.js';

/** What Nx is told of one task. */
export interface TaskOutcome {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/**
 * Whether the error is of a file that a task makes and cannot be read. Such a file comes damaged from a cache entry that was cut short, as often
 * as it is deleted or made again: to Nx the entry is a hit.
 */
const isMadeAndDamaged = ({ code, where = '' }: CliparityError): boolean =>
  /^FILE_(?:INVALID_JSON|NOT_UTF8|SCHEMA_INVALID)$/.test(code) && /[\\/](?:snapshots|reports)[\\/]/.test(where);

/** What failed, where, why, and what to do next. */
function errorText(error: CliparityError): string {
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return [
    `error ${error.code}: ${error.message}`,
    error.where !== undefined && !error.message.includes(error.where) ? `  where: ${error.where}` : undefined,
    cause !== undefined && !error.message.includes(cause) ? `  why: ${cause}` : undefined,
    error.remedy !== undefined ? `  next: ${error.remedy}` : undefined,
    isMadeAndDamaged(error)
      ? '  next: If nobody changed it by hand, Nx’s cache holds a damaged copy: nx reset'
      : undefined,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

/** As the command shows it, without colour: the text is cached and replayed on other machines. */
async function textOf(shown: Shown, { kernel }: Awaited<ReturnType<TaskSession['benchFor']>>): Promise<string> {
  if (typeof shown === 'string') return `${shown}\n`;
  return [...(await kernel.reporter('pretty')).render(shown, { color: false })].join('');
}

function broken(options: StepOptions): UsageError {
  return new UsageError('NX_ROOT_UNUSABLE', `${options.problem ?? ''}`, {
    where: `${options.manifests ?? USUAL_MANIFESTS}/${options.cli}`,
    remedy: 'Correct the file it names; the other roots are not concerned.',
  });
}

/** Runs one task. Never throws: whatever goes wrong is this task’s failure and no other’s. */
export async function runOne(session: TaskSession, options: StepOptions): Promise<TaskOutcome> {
  const lines: string[] = [];
  const output = (last: string): string => session.mask([...lines.map((line) => `${line}\n`), last].join(''));
  try {
    if (options.problem !== undefined) throw broken(options);
    const bench = await session.benchFor(options.manifests ?? USUAL_MANIFESTS, (line) => lines.push(line));
    const { shown, success } = await perform(bench, options);
    return { success, terminalOutput: output(await textOf(shown, bench)) };
  } catch (error) {
    return { success: false, terminalOutput: output(`${errorText(toCliparityError(error))}\n`) };
  }
}
