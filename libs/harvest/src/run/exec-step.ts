import { FindingError } from '@cliparity/model';
import type { ExecStep } from '@cliparity/plugin-api';
import { fill, valueAt } from '../plan/fill.js';
import { startSession, type SessionEnd } from './child-session.js';
import { eventOf, type RawStream } from './raw-stream.js';
import { sessionSpec, type StepPlace } from './step-place.js';

function checkEnd(step: ExecStep, end: SessionEnd): void {
  const wanted = step.exit ?? 0;
  const fits = wanted === 'signal' ? end.signal !== null : end.code === wanted;
  if (fits && (step.stderr === undefined || end.stderr.includes(step.stderr))) return;
  const how = end.code === null ? `was killed by ${end.signal ?? 'a signal'}` : `exited with ${String(end.code)}`;
  const message = fits
    ? `The upstream did not say ${JSON.stringify(step.stderr)} on standard error.`
    : `The upstream ${how}, and the scenario wants ${String(wanted)}.`;
  throw new FindingError('SCENARIO_ENDED_OTHERWISE', message, {
    where: step.argv.join(' '),
    remedy: `Its last words: ${end.stderr.trim().slice(-400) || '(none)'}`,
  });
}

/** Runs the upstream once. Errors: those of the session, SCENARIO_ENDED_OTHERWISE, SCENARIO_NOTHING_TO_TAKE. */
export async function runExecStep(step: ExecStep, place: StepPlace): Promise<RawStream> {
  const lines: string[] = [];
  let stopped = false;
  const onLine = (line: string): void => {
    lines.push(line);
    if (step.stop === undefined || stopped || eventOf(line)?.['type'] !== step.stop.after) return;
    stopped = true;
    session.kill(step.stop.signal);
  };
  const session = startSession({ ...sessionSpec(step, place), onLine, keepStdin: step.stdin !== undefined });
  if (step.stdin !== undefined) {
    session.write(fill(step.stdin, place.names));
    session.closeStdin();
  }
  const end = await session.ended;
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
    exit: { code: end.code, signal: end.signal },
    unfinished: end.unfinished,
    invalidUtf8: end.invalidUtf8,
  };
}
