import { Type, type Static } from '@sinclair/typebox';
import { closed, finding, serialize, type CoverageReport, type Finding } from '@cliparity/model';

/** `ratchets/<name>.json`: numbers that may only fall, by name. */
export const RatchetSchema = closed(
  { schema_version: Type.Literal(1), values: Type.Record(Type.String(), Type.Integer({ minimum: 0 })) },
  { $id: 'https://cliparity.dev/schema/ratchet-v1.json', title: 'Ratchet, version 1' },
);
export type Ratchet = Static<typeof RatchetSchema>;
export type RatchetValues = Readonly<Record<string, number>>;

/** What the coverage ratchet holds: how many units of each kind a report counts as missing. */
export function missingUnits({ totals }: Pick<CoverageReport, 'totals'>): RatchetValues {
  const { commands, flags, args } = totals;
  return { missing_args: args.missing, missing_commands: commands.missing, missing_flags: flags.missing };
}

/** The bytes of a ratchet file. */
export function ratchetText(values: RatchetValues): string {
  return serialize(RatchetSchema, { schema_version: 1, values });
}

export interface RatchetJudgement {
  readonly findings: readonly Finding[];
  /** What the file is to hold; undefined when it stays. Only given with `tighten`. */
  readonly write?: string;
}

/**
 * Compares what was measured with what a ratchet holds. A number that rose is a finding (RATCHET_LOOSENED). A number that fell, or one that
 * the file does not hold yet, is written with `tighten` (a developer's machine) and else a finding (RATCHET_NOT_TIGHTENED): in CI the file
 * must match, so that what was gained is kept.
 * @param file how the file is called in findings
 */
export function judgeRatchet(
  held: Ratchet | undefined,
  measured: RatchetValues,
  { file, tighten }: { readonly file: string; readonly tighten: boolean },
): RatchetJudgement {
  const old = held?.values ?? {};
  const rose = Object.entries(measured).filter(([name, value]) => value > (old[name] ?? Infinity));
  if (rose.length > 0) return { findings: rose.map(([name, value]) => loosened(file, name, [old[name] ?? 0, value])) };
  const text = ratchetText(measured);
  const same = held !== undefined && ratchetText(old) === text;
  if (same) return { findings: [] };
  if (tighten) return { findings: [], write: text };
  const message = `${file} holds other numbers than are measured now, none of them lower`;
  const help = 'Run the same locally and commit the file.';
  return { findings: [finding({ code: 'RATCHET_NOT_TIGHTENED', message, file, help })] };
}

function loosened(file: string, name: string, [from, to]: readonly [number, number]): Finding {
  const message = `${name} rose from ${String(from)} to ${String(to)}`;
  return finding({ code: 'RATCHET_LOOSENED', message, file, pointer: `/values/${name}`, key: name });
}
