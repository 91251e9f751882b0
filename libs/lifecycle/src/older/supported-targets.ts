import { claimsOf, type Claim, type WrapperCoverageV1 } from '@cliparity/coverage';
import type { UnitKind } from '@cliparity/model';
import type { OlderRules, UnionV2 } from '@cliparity/surface';
import type { SupportedPolicyV1 } from './schema.js';

export interface SupportedParts {
  readonly union: UnionV2;
  readonly coverage: WrapperCoverageV1;
  readonly rules: OlderRules;
  readonly policy: SupportedPolicyV1;
}

interface Unit {
  readonly kind: UnitKind;
  readonly path: readonly string[];
  readonly name: string;
  readonly on: readonly string[];
}

const keyOf = (kind: UnitKind, path: readonly string[], name: string): string => JSON.stringify([kind, path, name]);

/**
 * The targets on which the wrapper handles everything that the upstream offers there, in the rules' order. What an intentionally unsupported
 * command says is not inherited by what is below it here, as the older format has it (its reports do inherit).
 * Source: reference/parity-formats.md section 5.1.
 */
export function supportedTargetsV1({ union, coverage, rules, policy }: SupportedParts): string[] {
  const { expected_targets: expected, platform_mapping: systems = {} } = rules.union;
  const claims = byUnit(claimsOf(coverage, { expected, systems }));
  const excluded = excludedUnits(rules);
  const seen = new Set(union.inputs.map((input) => input.target_triple));
  const units = unitsOf(union, excluded);
  return expected.filter(
    (target) =>
      seen.has(target) &&
      units.every(
        ({ kind, path, name, on }) =>
          !on.includes(target) || isHandled(claims.get(keyOf(kind, path, name)) ?? [], target, policy),
      ),
  );
}

function byUnit(claims: readonly Claim[]): ReadonlyMap<string, readonly Claim[]> {
  const found = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = keyOf(claim.unit, claim.path, claim.name);
    found.set(key, [...(found.get(key) ?? []), claim]);
  }
  return found;
}

function excludedUnits({ parity_exclusions: exclusions }: OlderRules): ReadonlySet<string> {
  const units = exclusions?.schema_version === 1 ? exclusions.units : [];
  return new Set(units.map(({ unit, path, key, name }) => keyOf(unit, path, (unit === 'flag' ? key : name) ?? '')));
}

/** The units that count; an excluded command takes its own flags and args with it, not the commands below it. */
function unitsOf({ commands }: UnionV2, excluded: ReadonlySet<string>): Unit[] {
  return commands.flatMap(({ path, available_on, flags = [], args = [] }) => {
    if (excluded.has(keyOf('command', path, ''))) return [];
    const below = (kind: 'flag' | 'arg', name: string, on: readonly string[]): Unit => ({
      kind,
      path,
      name,
      on: on.filter((target) => available_on.includes(target)),
    });
    return [
      { kind: 'command' as const, path, name: '', on: available_on },
      ...flags.map((flag) => below('flag', flag.key ?? '', flag.available_on)),
      ...args.map((arg) => below('arg', arg.name, arg.available_on)),
    ].filter(({ kind, name }) => kind === 'command' || !excluded.has(keyOf(kind, path, name)));
  });
}

function isHandled(claims: readonly Claim[], target: string, policy: SupportedPolicyV1): boolean {
  const { allowed_levels: allowed, disallowed_levels: disallowed, treat_missing_as } = policy.coverage_requirement;
  const here = claims.filter((claim) => claim.targets.includes(target));
  const levels = new Set(here.map((claim) => claim.level));
  const level = levels.size === 1 ? ([...levels][0] as string) : treat_missing_as;
  if (disallowed.includes(level) || !allowed.includes(level)) return false;
  if (level !== 'intentionally_unsupported' || !policy.intentionally_unsupported_requires_note) return true;
  return here.some((claim) => (claim.note ?? '').trim() !== '');
}
