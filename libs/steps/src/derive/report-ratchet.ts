import { judgeRatchet, RatchetSchema, type MissingUnit, type RatchetValues } from '@cliparity/coverage';
import { readJsonIfThere, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import type { Finding, Result } from '@cliparity/model';
import { openRootContext } from '../base/root-context.js';
import type { StepOutcome } from '../base/run-step.js';
import type { Workbench } from '../base/workbench.js';

/** The name of the ratchet that coverage is held by: `ratchets/coverage.json`. */
export const COVERAGE_RATCHET = 'coverage';

/** How many units of each kind are missing and not waived. */
function openUnits(units: readonly MissingUnit[]): RatchetValues {
  const count = (kind: string): number =>
    units.filter(({ unit, waiver }) => waiver === undefined && unit.startsWith(`${kind}:`)).length;
  return { missing_args: count('arg'), missing_commands: count('command'), missing_flags: count('flag') };
}

export interface Ratcheted {
  readonly result: Result;
  readonly findings: readonly Finding[];
}

/**
 * `report --ratchet`: what is missing and not waived against `ratchets/coverage.json`. A number that fell is written on a developer’s machine;
 * in CI, and with `check`, the file must hold it already. Errors: those of `readJson` over the file, ROOT_LOCKED, WRITE_FAILED.
 */
export async function ratchetReport(
  bench: Workbench,
  { cli, check = false }: { readonly cli: string; readonly check?: boolean },
  outcome: StepOutcome,
): Promise<Ratcheted> {
  const root = await openRootContext(bench, cli);
  const { name, path } = root.ref(root.layout.ratchet(COVERAGE_RATCHET));
  const { missing_units: units } = outcome.result.data as { readonly missing_units: readonly MissingUnit[] };
  const measured = openUnits(units);
  const tighten = !check && (bench.io.env('CI') ?? '') === '';
  const judged = await withRootLock(root, async () => {
    const held = await readJsonIfThere(path, RatchetSchema, { name });
    const made = judgeRatchet(held, measured, { file: name, tighten });
    if (made.write !== undefined) await writeAtomic(path, made.write);
    return made;
  });
  const words = judged.findings.map(({ code, message }) => `${code}: ${message}`);
  const line = judged.write === undefined ? `ratchet: ${name} holds` : `ratchet: ${name} tightened, commit it`;
  const { data, view } = outcome.result;
  return {
    findings: judged.findings,
    result: {
      ...outcome.result,
      data: {
        ...(data as object),
        ratchet: { file: name, measured, written: judged.write !== undefined, findings: judged.findings },
      },
      view: { ...view, lines: [...(words.length > 0 ? words : [line]), ...(view.lines ?? [])] },
    },
  };
}
