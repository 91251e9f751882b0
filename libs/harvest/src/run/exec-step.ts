import { FindingError } from '@cliparity/model';
import type { ExecStep } from '@cliparity/plugin-api';
import { fill, valueAt } from '../plan/fill.js';
import { startSession, type SessionEnd } from './child-session.js';
import { eventOf, type RawStream } from './raw-stream.js';
import { sessionSpec, type StepPlace } from './step-place.js';

/** The ways that a step may end: exit codes, or `signal`. */
const allowed = ({ exit = 0, exits }: ExecStep): readonly (number | 'signal')[] => exits ?? [exit];

function checkEnd(step: ExecStep, end: SessionEnd): void {
  const wanted = allowed(step).join(' or ');
  const fits = allowed(step).includes(end.code ?? 'signal');
  if (fits && (step.stderr === undefined || end.stderr.includes(step.stderr))) return;
  const how = end.code === null ? `was killed by ${end.signal ?? 'a signal'}` : `exited with ${String(end.code)}`;
  const message = fits
    ? `The upstream did not say ${JSON.stringify(step.stderr)} on standard error.`
    : `The upstream ${how}, and the scenario wants ${wanted}.`;
  throw new FindingError('SCENARIO_ENDED_OTHERWISE', message, {
    where: step.argv.join(' '),
    remedy: `Its last words: ${end.stderr.trim().slice(-400) || '(none)'}`,
  });
}

/** Runs the upstream once. Errors: those of the session, SCENARIO_ENDED_OTHERWISE, SCENARIO_NOTHING_TO_TAKE. */
export async function runExecStep(step: ExecStep, place: StepPlace): Promise<RawStream> {
  const lines: string[] = [];
  const pauses: number[] = [];
  let before = place.elapsed();
  let stopped = false;
  let stopping: NodeJS.Timeout | undefined;
  const onLine = (line: string): void => {
    const at = place.elapsed();
    lines.push(line);
    pauses.push(Math.round(at - before));
    before = at;
    if (step.stop === undefined || stopped || eventOf(line)?.['type'] !== step.stop.after) return;
    stopped = true;
    const { signal, asked = 0, delayMs = 0 } = step.stop;
    const ready = asked > 0 ? place.model?.asked(asked) : undefined;
    void Promise.resolve(ready).then(() => {
      stopping = setTimeout(() => session.kill(signal), delayMs);
    });
  };
  const session = startSession({ ...sessionSpec(step, place), onLine, keepStdin: step.stdin !== undefined });
  if (step.stdin !== undefined) {
    session.write(fill(step.stdin, place.names));
    session.closeStdin();
  }
  // Its process id may be another’s by then.
  const end = await session.ended.finally(() => clearTimeout(stopping));
  checkEnd(step, end);
  for (const [name, path] of Object.entries(step.take ?? {})) {
    const value = lines.map((line) => valueAt(eventOf(line), path)).find((found) => typeof found === 'string');
    place.keep(name, value, step);
  }
  return {
    name: place.stream,
    transport: 'exec',
    argv: step.argv,
    lines,
    pauses,
    exit: { code: step.exits?.[0] ?? end.code, signal: end.signal },
    ...(step.exits !== undefined && { exits: step.exits }),
    unfinished: end.unfinished,
    invalidUtf8: end.invalidUtf8,
  };
}
