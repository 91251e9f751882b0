import { describe, expect, it } from '@jest/globals';
import type { Scenario } from '@cliparity/plugin-api';
import { describeScenario } from '@cliparity/testkit';
import { satisfies } from 'semver';
import { scenariosPlugin } from './index.js';

/** The versions that the scenarios were tried with. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  codex: ['0.92.0', '0.125.0', '0.169.0'],
  'claude-code': ['2.1.328'],
};
const target = 'x86_64-unknown-linux-musl';

const scenarios: Scenario[] = [];
// One after the other: what several of them import must be linked once.
for (const { load } of scenariosPlugin.contributions) scenarios.push((await load()).default as Scenario);

for (const scenario of scenarios) {
  const places = (VERSIONS[scenario.cli] ?? [])
    .filter((version) => satisfies(version, scenario.fits))
    .map((version) => ({
      cli: scenario.cli,
      version,
      target,
    }));
  describeScenario(scenario, places);
}

describe('scenariosPlugin', () => {
  it('is what its folders say', () => {
    expect(scenarios.map(({ id, revision }) => [id, revision])).toEqual(
      scenariosPlugin.contributions.map(({ id, revision }) => [id, revision]),
    );
  });

  it('names each scenario after its upstream', () => {
    for (const { id, cli } of scenarios) expect(id.startsWith(`${cli}-`)).toBe(true);
  });

  it('asks the tools of each version by the names they have there', () => {
    const calls = (version: string): string => {
      const mcp = scenarios.find(({ id }) => id === 'codex-thread_mcp');
      return JSON.stringify(mcp?.plan({ cli: 'codex', version, target }).model);
    };
    expect(calls('0.92.0')).toContain('"name":"mcp__mini__echo"');
    expect(calls('0.125.0')).toContain('"namespace":"mcp__mini__","name":"echo"');
    expect(calls('0.169.0')).toContain('"namespace":"mcp__mini","name":"echo"');
  });
});
