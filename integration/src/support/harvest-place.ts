import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { lockedProgram } from './locked-program.js';
import { newFolder, put, type Place } from './place.js';

/** A program that ends each run with what its first word says; `slow` takes a while, so that something can happen meanwhile. */
const PROGRAM = `#!${process.execPath}
const [word, ...rest] = process.argv.slice(2);
const say = (event) => process.stdout.write(JSON.stringify(event) + '\\n');
if (word === '--version') process.stdout.write('fake 1.0.0\\n');
if (word === 'say') say({ type: 'said', text: rest.join(' ') });
if (word === 'more') say({ type: 'said', text: rest.join(' '), more: true });
if (word === 'slow') setTimeout(() => say({ type: 'said', text: 'late' }), 1500);
`;

/** Scenarios of a place: the argv of one run each, by name. */
export type SmallScenarios = Readonly<Record<string, readonly string[]>>;

/** Writes the place's own plugin anew, with these scenarios. */
export function writeScenarios(place: Place, scenarios: SmallScenarios): void {
  const contributions = Object.entries(scenarios).map(
    ([name, argv]) => `{ kind: 'scenario', id: 'fake-${name}', revision: 1, load: async () => ({ default: {
      id: 'fake-${name}', revision: 1, cli: 'fake', fits: '*',
      plan: () => ({ files: {}, steps: [{ kind: 'exec', argv: ${JSON.stringify(argv)} }] }),
    } }) }`,
  );
  put(
    join(place.workspace, 'scenarios.mjs'),
    `export default { name: 'small', apiVersion: 1, contributions: [${contributions.join(', ')}] };\n`,
  );
}

/** A place whose fake upstream is locked, with scenarios of its own. */
export async function harvestPlace(scenarios: SmallScenarios): Promise<Place> {
  const program = join(newFolder(), 'fake');
  writeFileSync(program, PROGRAM, { mode: 0o755 });
  const place = await lockedProgram(program);
  put(join(place.workspace, 'cliparity.config.json'), { plugins: ['./scenarios.mjs'] });
  writeScenarios(place, scenarios);
  return place;
}

/** Where its fixtures lie. */
export const fixturesOf = (place: Place): string => join(place.workspace, 'integration/fixtures/fake/1.0.0');
