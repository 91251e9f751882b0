import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathFromRoot, type InitAnswers } from './init-answers.js';
import type { Place } from './init-detect.js';
import { USUAL_LAYOUT, USUAL_TARGET, type UpstreamShape } from './init-manifest.js';
import { installedMember, publishedMember } from './init-member.js';
import { guessNpm, type PackageFacts } from './init-npm.js';
import type { Workbench } from '../base/workbench.js';

/** How the upstream ships its program, which version was looked at, and what a person should look at. */
export interface LearntShape extends UpstreamShape {
  readonly notes: readonly string[];
  readonly version: string | undefined;
}

const GUESSED = 'where the program lies in the package is a guess: look at layouts in cliparity.json, or use --network';

/**
 * npm’s names as the triples that the package’s folders are named by, when the program’s path holds one.
 * @returns the path with {target} in the triple’s place, and the targets
 */
async function withTriples(
  { kernel }: Workbench,
  member: string | undefined,
  names: readonly string[],
): Promise<{ readonly member: string | undefined; readonly targets: readonly string[] }> {
  const all = await kernel.targets.all();
  const triple = all.find(({ id, aliases = [] }) => aliases.length > 0 && member?.split('/').includes(id) === true);
  if (triple === undefined || member === undefined) return { member, targets: names };
  const tripleOf = (name: string): string => all.find(({ aliases = [] }) => aliases.includes(name))?.id ?? name;
  return { member: member.replace(triple.id, '{target}'), targets: names.map(tripleOf) };
}

/** The program’s path in a platform package: looked up where it is installed, else in what is published if that may be asked. */
async function memberOf(bench: Workbench, answers: InitAnswers, facts: PackageFacts): Promise<string | undefined> {
  const installed = await installedMember(bench.workspace, facts, answers.binary);
  if (installed !== undefined || !answers.network || typeof facts.version !== 'string') return installed;
  return publishedMember(bench, answers, { guess: guessNpm(facts, answers.binary), version: facts.version });
}

async function npmShape(bench: Workbench, answers: InitAnswers, facts: PackageFacts | undefined): Promise<LearntShape> {
  if (facts === undefined) {
    return { targets: [], layouts: [USUAL_LAYOUT], path: '', notes: [GUESSED], version: undefined };
  }
  const found = await memberOf(bench, answers, facts);
  const guess = guessNpm(facts, answers.binary, found);
  const { member, targets } = await withTriples(bench, found, guess.targets);
  return {
    targets: targets.filter((target) => bench.kernel.targets.ids.includes(target)),
    layouts: guess.layouts.map((layout) => (member === undefined ? layout : { ...layout, member })),
    path: '',
    notes: guess.notes,
    version: typeof facts.version === 'string' ? facts.version : undefined,
  };
}

/** A folder that somebody will still make is no error; a typing mistake is noticed all the same. */
function localNotes({ workspace }: Workbench, { source, upstream }: InitAnswers): readonly string[] {
  if (source !== 'local' || existsSync(resolve(workspace, upstream))) return [];
  return [`${upstream} is not there yet: releases are expected in it as VERSION/TARGET/PROGRAM`];
}

/** The targets that were asked for, by their ids. @throws UsageError TARGET_UNKNOWN */
async function askedTargets({ kernel }: Workbench, { targets, required }: InitAnswers): Promise<readonly string[]> {
  const names = [...(required === undefined ? [] : [required]), ...targets];
  return Promise.all(names.map(async (name) => (await kernel.targets.find(name)).id));
}

/**
 * What is known of the upstream: from what its package says, else what is usual. What was asked for outdoes what was found.
 */
export async function learnShape(bench: Workbench, answers: InitAnswers, place: Place): Promise<LearntShape> {
  const { source, upstream, name } = answers;
  const path =
    source === 'local' ? pathFromRoot(upstream, { workspace: bench.workspace, root: join(bench.manifests, name) }) : '';
  const facts = place.upstreams.find((one) => one.name === upstream);
  const learnt: LearntShape =
    source === 'npm'
      ? await npmShape(bench, answers, facts)
      : { targets: [], layouts: [], path, notes: localNotes(bench, answers), version: undefined };
  const asked = await askedTargets(bench, answers);
  const chosen = answers.targets.length > 0 ? asked : [...asked, ...learnt.targets];
  return { ...learnt, targets: chosen.length === 0 ? [USUAL_TARGET] : [...new Set(chosen)] };
}
