import { UsageError } from '@cliparity/model';
import { claimsByUnit, claimsOf, unitText, type Claim, type Scope, type Statement } from './claims.js';
import type { UpstreamView } from './upstream-view.js';
import { requireNote } from './waived-subtrees.js';

/**
 * What a wrapper's statement must not do: hold an empty scope (the older tools read it as "nowhere" in one place and "everywhere" in another),
 * say two things about one unit on one target, or waive without a reason.
 * Errors, each with the entry's JSON pointer: SCOPE_EMPTY, COVERAGE_DUPLICATE, COVERAGE_NOTE_MISSING.
 */
export function checkWrapperCoverage(statement: Statement, place: Pick<UpstreamView, 'expected' | 'systems'>): void {
  for (const [pointer, scope] of scopesOf(statement)) if (isEmpty(scope)) throw emptyScope(pointer);
  const claims = claimsOf(statement, place);
  for (const claim of claims) if (claim.level === 'intentionally_unsupported') requireNote(claim.note, claim);
  for (const own of claimsByUnit(claims).values()) checkOverlap(own);
}

/** Every scope of a statement with its JSON pointer. */
export function scopesOf(statement: Statement): [string, Scope][] {
  return statement.coverage.flatMap((command, i) => {
    const at = `/coverage/${String(i)}`;
    const all: [string, Scope | undefined][] = [
      [`${at}/scope`, command.scope],
      ...(command.flags ?? []).map((flag, j): [string, Scope | undefined] => [
        `${at}/flags/${String(j)}/scope`,
        flag.scope,
      ]),
      ...(command.args ?? []).map((arg, j): [string, Scope | undefined] => [
        `${at}/args/${String(j)}/scope`,
        arg.scope,
      ]),
    ];
    return all.flatMap(([pointer, scope]) => (scope === undefined ? [] : [[pointer, scope] as [string, Scope]]));
  });
}

const isEmpty = ({ platforms = [], target_triples = [] }: Scope): boolean =>
  platforms.length === 0 && target_triples.length === 0;

function emptyScope(pointer: string): UsageError {
  return new UsageError('SCOPE_EMPTY', 'A scope that names neither platforms nor targets says nothing.', {
    where: `wrapper_coverage.json#${pointer}`,
    remedy: 'Leave the scope out to mean every expected target, or name some.',
  });
}

function checkOverlap(claims: readonly Claim[]): void {
  for (const [i, claim] of claims.entries())
    for (const earlier of claims.slice(0, i)) {
      const shared = claim.targets.filter((target) => earlier.targets.includes(target));
      if (shared.length === 0) continue;
      throw new UsageError(
        'COVERAGE_DUPLICATE',
        `${unitText(claim)} is stated twice for ${shared.join(', ')}: at ${earlier.pointer} and ${claim.pointer}.`,
        { where: `wrapper_coverage.json#${claim.pointer}`, remedy: 'Keep one entry per unit and target.' },
      );
    }
}
