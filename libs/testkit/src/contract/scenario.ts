import assert from 'node:assert/strict';
import { FindingSchema, RelativePath } from '@cliparity/model';
import type { Place, Plan, Scenario, Stream } from '@cliparity/plugin-api';
import { satisfies, validRange } from 'semver';
import { assertData, assertSchema, deepFreeze, partChecks } from './assertions.js';
import { registerContract, type Check, type TestApi } from './test-api.js';

const STREAMS: readonly (readonly Stream[])[] = [
  [],
  [{ name: 'stdout', lines: [] }],
  [{ name: 'stdout', lines: ['', 'no json', '{"type":', '{}', 'null', '[]', '"text"'] }],
];

function assertPlan({ files, steps }: Plan): void {
  for (const path of Object.keys(files)) assertSchema(RelativePath, path, `file ${path}`);
  assert.ok(steps.length > 0, 'a plan without steps');
  for (const { argv } of steps) for (const word of argv) assert.equal(typeof word, 'string');
}

/**
 * What every scenario must do.
 * @param places at least one place whose version it fits
 */
export function scenarioContract(scenario: Scenario, places: readonly Place[]): readonly Check[] {
  return [
    ...partChecks(scenario),
    { name: 'names a range of versions', run: () => assert.notEqual(validRange(scenario.fits), null, scenario.fits) },
    {
      name: 'is tried at a place that it fits',
      run: () => {
        assert.ok(places.length > 0, 'pass at least one place');
        for (const { version } of places) {
          assert.ok(
            satisfies(version, scenario.fits, { includePrerelease: true }),
            `${version} is outside ${scenario.fits}`,
          );
        }
      },
    },
    ...places.map((place) => ({
      name: `plans the same data twice for ${place.version} on ${place.target}`,
      run: () => {
        const plan = scenario.plan(deepFreeze({ ...place }));
        assertData(plan, 'the plan');
        assertPlan(plan);
        assert.deepEqual(scenario.plan(place), plan);
      },
    })),
    {
      name: 'judges any streams',
      run: () => {
        for (const streams of STREAMS) {
          for (const finding of scenario.judge?.(deepFreeze(streams)) ?? [])
            assertSchema(FindingSchema, finding, 'finding');
        }
      },
    },
  ];
}

/** Registers the contract of a scenario with the test runner. */
export function describeScenario(scenario: Scenario, places: readonly Place[], api?: TestApi): void {
  registerContract(`scenario ${scenario.id}`, scenarioContract(scenario, places), api);
}
