import { missingUnitFinding, missingUnitsOf } from '@cliparity/coverage';
import {
  CliparityError,
  UnionSchema,
  type Finding,
  type Union,
  type Waivers,
  type WrapperCoverage,
} from '@cliparity/model';
import { coverageParts } from './derive-current.js';
import type { RootFacts } from './root-facts.js';
import { readRootFile } from './root-file.js';

/**
 * The missing units of any version that a waiver names. Missing coverage is a result and no finding of `validate`, but such a waiver is not
 * unused. Empty, and nothing is read, where there are no waivers.
 */
export async function waivedUnitFindings(
  facts: RootFacts,
  { waivers, wrapper }: { readonly waivers: Waivers | undefined; readonly wrapper: WrapperCoverage | undefined },
  versions: readonly string[],
): Promise<readonly Finding[]> {
  const open = new Set((waivers?.waivers ?? []).map(({ fingerprint }) => fingerprint));
  const found = new Map<string, Finding>();
  if (wrapper === undefined) return [];
  // The newest version first: most waivers are about it, and the rest is not read when all of them are found.
  for (const version of [...versions].reverse()) {
    if (open.size === 0) break;
    const union = await readRootFile(facts, `snapshots/${version}/union.json`, {
      schema: UnionSchema,
      form: 'derived',
    });
    if (union.kind !== 'good') continue;
    for (const unit of unitsOf(facts, union.file.value, wrapper))
      if (open.delete(unit.fingerprint)) found.set(unit.fingerprint, unit);
  }
  return [...found.values()];
}

function unitsOf(facts: RootFacts, union: Union, wrapper: WrapperCoverage): readonly Finding[] {
  try {
    return missingUnitsOf(coverageParts(facts, union, wrapper)).map(({ unit }) => missingUnitFinding(unit));
  } catch (error) {
    // A statement that cannot be judged is a finding already.
    if (error instanceof CliparityError) return [];
    throw error;
  }
}
