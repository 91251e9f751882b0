import {
  compareBytes,
  comparePaths,
  unitId,
  type CommandPath,
  type CoverageEntry,
  type Union,
  type UnitRef,
  type WrapperCoverage,
} from '@cliparity/model';
import { claimsOf, type Claim } from '../claims.js';
import { repeatsRootFlag, type UpstreamView } from '../upstream-view.js';
import { readArgv } from './read-argv.js';

/** What observed argv say about a wrapper’s statement. All lists in byte order of the unit ids. */
export interface CoverageProposal {
  /** Units that were used and about which the statement says nothing, or `unknown`. */
  readonly added: readonly string[];
  /** Units that were used although the statement calls them unsupported: for people to settle. */
  readonly contradicted: readonly string[];
  /** Units that the statement calls explicit and that were never used. */
  readonly notObserved: readonly string[];
  /** Flags that were used and that the upstream’s surface does not have. */
  readonly unknownToUpstream: readonly string[];
  /** The statement with what is added, as explicit. */
  readonly coverage: WrapperCoverage;
}

export interface ProposalParts {
  readonly union: Union;
  readonly statement: WrapperCoverage;
  readonly place: Pick<UpstreamView, 'expected' | 'systems'>;
  readonly argvs: readonly (readonly string[])[];
}

const idOf = ({ unit, path, name }: Pick<Claim, 'unit' | 'path' | 'name'>): string =>
  unitId({ unit, path, ...(unit === 'flag' && { key: name }), ...(unit === 'arg' && { name }) });

/**
 * The coverage that observed argv prove. Whoever gives a flag handles it: what was used becomes `explicit`, nothing that was said is changed
 * but `unknown`. Pure: the same argv in any order and number give the same proposal.
 */
export function proposeCoverage({ union, statement, place, argvs }: ProposalParts): CoverageProposal {
  const reads = argvs.map((argv) => readArgv(argv, union));
  const claims = claimsOf(statement, place);
  const levels = new Map(claims.map((claim) => [idOf(claim), claim.level]));
  const used = new Map(
    reads
      .flatMap(({ units }) => units)
      .map((ref) => (levels.has(unitId(ref)) ? ref : countedAt(ref, union)))
      .map((ref) => [unitId(ref), ref]),
  );
  const ids = [...used.keys()].sort(compareBytes);
  // Printing help is no use of a surface.
  const isNew = (id: string): boolean => (levels.get(id) ?? 'unknown') === 'unknown' && !/\/--?(?:help|h)$/.test(id);
  const added = ids.filter(isNew);
  const unknown = reads.flatMap((read) =>
    read.unknown.map(({ path, word }) => unitId({ unit: 'flag', path, key: word })),
  );
  return {
    added,
    contradicted: ids.filter((id) => /unsupported$/.test(levels.get(id) ?? '')),
    notObserved: [...new Set(claims.filter(({ level }) => level === 'explicit').map(idOf))]
      // Every call begins at the root: that none ends there says nothing.
      .filter((id) => !used.has(id) && id !== 'command:')
      .sort(compareBytes),
    unknownToUpstream: [...new Set(unknown)].sort(compareBytes),
    coverage: merged(
      statement,
      added.flatMap((id) => used.get(id) ?? []),
    ),
  };
}

/** A flag that only repeats the root’s counts at the root, as reports have it, unless the statement says something about it where it was given. */
function countedAt(ref: UnitRef, { commands }: Union): UnitRef {
  if (ref.unit !== 'flag' || ref.path.length === 0) return ref;
  const flagAt = (path: CommandPath) =>
    commands.find((command) => comparePaths(command.path, path) === 0)?.flags?.find(({ key }) => key === ref.key);
  const own = flagAt(ref.path);
  return own !== undefined && repeatsRootFlag(flagAt([]), own) ? { ...ref, path: [] } : ref;
}

type Level = CoverageEntry['level'];

/** The statement with units stated as explicit; entries by path, flags by key, args by name. What was there keeps its note and scope. */
function merged(statement: WrapperCoverage, added: readonly UnitRef[]): WrapperCoverage {
  const coverage = statement.coverage.map((entry) => ({ ...entry }));
  for (const ref of added) state(entryFor(coverage, ref), ref);
  return { ...statement, coverage: coverage.sort((a, b) => comparePaths(a.path, b.path)) };
}

function entryFor(coverage: CoverageEntry[], { path }: UnitRef): CoverageEntry {
  const known = coverage.find((entry) => comparePaths(entry.path, path) === 0);
  if (known !== undefined) return known;
  const level: Level = 'unknown';
  const made: CoverageEntry = { path: [...(path as CommandPath)], level };
  coverage.push(made);
  return made;
}

function state(entry: CoverageEntry, { unit, key = '', name = '' }: UnitRef): void {
  const level: Level = 'explicit';
  if (unit === 'command') entry.level = level;
  if (unit === 'flag')
    entry.flags = [...(entry.flags ?? []).filter((flag) => flag.key !== key), { key, level }].sort((a, b) =>
      compareBytes(a.key, b.key),
    );
  if (unit === 'arg')
    entry.args = [...(entry.args ?? []).filter((arg) => arg.name !== name), { name, level }].sort((a, b) =>
      compareBytes(a.name, b.name),
    );
}
