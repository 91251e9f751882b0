import { finding, type Finding, type Waivers } from '@cliparity/model';

export interface Waived {
  readonly finding: Finding;
  readonly reason: string;
  readonly owner: string;
  readonly until: string;
}
export interface AppliedWaivers {
  /** What nobody waived, and the findings about the waivers themselves. */
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
}

/**
 * Takes the waived findings out. A waiver that covers nothing is a finding itself (WAIVER_UNUSED). Whether a waiver is past its day depends
 * on the date and is asked by `expiredWaivers`.
 * @param file how `waivers.json` is called in findings
 */
export function applyWaivers(findings: readonly Finding[], waivers: Waivers | undefined, file: string): AppliedWaivers {
  const list = waivers?.waivers ?? [];
  const byPrint = new Map(list.map((waiver) => [waiver.fingerprint, waiver]));
  const waived = findings.flatMap((one) => {
    const waiver = byPrint.get(one.fingerprint);
    return waiver === undefined
      ? []
      : [{ finding: one, reason: waiver.reason, owner: waiver.owner, until: waiver.until }];
  });
  const used = new Set(waived.map((one) => one.finding.fingerprint));
  const unused = list.flatMap(({ fingerprint, subject, owner, reason }, i) => {
    if (used.has(fingerprint)) return [];
    const message = `the waiver of ${subject ?? fingerprint} (${owner}: ${reason}) covers nothing any more`;
    return [
      finding({
        code: 'WAIVER_UNUSED',
        severity: 'warning',
        message,
        file,
        pointer: `/waivers/${String(i)}`,
        key: fingerprint,
      }),
    ];
  });
  return { findings: [...findings.filter((one) => !byPrint.has(one.fingerprint)), ...unused], waived };
}

/**
 * Waivers whose day has passed: a due rule, never cached.
 * @param asOf the day, as YYYY-MM-DD; a waiver holds up to and including its day
 */
export function expiredWaivers(waivers: Waivers | undefined, file: string, asOf: string): readonly Finding[] {
  return (waivers?.waivers ?? []).flatMap(({ fingerprint, subject, owner, reason, until }, i) => {
    if (until >= asOf) return [];
    const message = `the waiver of ${subject ?? fingerprint} (${owner}: ${reason}) ended on ${until}`;
    return [finding({ code: 'WAIVER_EXPIRED', message, file, pointer: `/waivers/${String(i)}`, key: fingerprint })];
  });
}
