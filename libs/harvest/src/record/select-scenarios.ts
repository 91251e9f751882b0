import { compareBytes, nearest, UsageError } from '@cliparity/model';
import type { Scenario } from '@cliparity/plugin-api';
import { satisfies } from 'semver';
import { scenarioName } from '../plan/check-plan.js';
import { planScenario, type PlannedScenario, type Upstream } from './record-scenario.js';

/** What of an upstream decides which scenarios it has. */
type At = Pick<Upstream, 'cli' | 'version' | 'target'>;

/** What can be recorded of an upstream, and which scenarios cannot even say their plan. */
export interface Selection {
  readonly planned: readonly PlannedScenario[];
  readonly failed: readonly { readonly name: string; readonly error: unknown }[];
}

function plan(scenario: Scenario, at: At): PlannedScenario | { readonly name: string; readonly error: unknown } {
  try {
    return planScenario(scenario, at);
  } catch (error) {
    return { name: scenarioName(scenario), error };
  }
}

function checkNames(names: readonly string[], known: readonly string[], at: At): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const first = nearest(unknown[0] ?? '', known);
  throw new UsageError(
    'SCENARIO_UNKNOWN',
    `No scenario of ${at.cli} that fits ${at.version} is called ${unknown.join(', ')}.`,
    {
      where: '--scenario',
      remedy: `${first === undefined ? '' : `Did you mean ${first}? `}Known are ${known.join(', ')}.`,
    },
  );
}

/**
 * The scenarios of an upstream's version, in byte order of their names.
 * @param names scenarios or streams to keep; all when empty. Error: SCENARIO_UNKNOWN names all unknown ones together.
 */
export function selectScenarios(scenarios: readonly Scenario[], at: At, names: readonly string[] = []): Selection {
  const mine = scenarios
    .filter(({ cli, fits }) => cli === at.cli && satisfies(at.version, fits, { includePrerelease: true }))
    .sort((a, b) => compareBytes(a.id, b.id));
  const all = mine.map((scenario) => plan(scenario, at));
  const keysOf = (one: (typeof all)[number]): readonly string[] =>
    'plan' in one ? [one.name, ...one.streams] : [one.name];
  checkNames(names, [...new Set(all.flatMap(keysOf))], at);
  const kept = names.length === 0 ? all : all.filter((one) => keysOf(one).some((key) => names.includes(key)));
  return {
    planned: kept.filter((one): one is PlannedScenario => 'plan' in one),
    failed: kept.filter((one): one is { name: string; error: unknown } => 'error' in one),
  };
}
