import { didYouMean, UsageError, type Config, type Finding } from '@cliparity/model';
import { CATALOGUE } from '@cliparity/rules';
import type { Workbench } from '../base/workbench.js';

type Severities = NonNullable<Config['severities']>;

const CODES: readonly string[] = CATALOGUE.filter(({ kind }) => kind === 'finding').map(({ code }) => code);

/**
 * The severities that the workspace's configuration gives to codes.
 * @throws UsageError SEVERITY_CODE_UNKNOWN for a code that no finding has
 */
export function severitiesOf({ kernel: { config, configFile } }: Workbench): Severities {
  const severities = config.severities ?? {};
  const unknown = Object.keys(severities).find((code) => !CODES.includes(code));
  if (unknown === undefined) return severities;
  throw new UsageError('SEVERITY_CODE_UNKNOWN', `no finding has the code "${unknown}".${didYouMean(unknown, CODES)}`, {
    where: `${configFile ?? '--set'}: severities.${unknown}`,
    remedy: 'Codes are printed with every finding; VALIDATOR_SPEC.md of a root lists them.',
  });
}

/** Findings with the severities that the configuration gives to their codes; what is `off` is left out. Pure. */
export function withSeverities(findings: readonly Finding[], severities: Severities): readonly Finding[] {
  return findings.flatMap((one) => {
    const severity = severities[one.code] ?? one.severity;
    return severity === 'off' ? [] : [{ ...one, severity }];
  });
}
