import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of wrapper_coverage.json and the reports from it. */
export const coverageEntries: readonly CatalogueEntry[] = [
  {
    code: 'COVERAGE_DUPLICATE',
    kind: 'usage',
    meaning: 'A unit is stated twice for the same target.',
    why: 'Which of the two statements holds would depend on their order.',
    example:
      'flag --json of exec is stated twice for x86_64-unknown-linux-musl: at /coverage/2/flags/0 and /coverage/5/flags/1.',
    mend: 'Keep one entry per unit and target in wrapper_coverage.json; then `cliparity report CLI VERSION`.',
  },
  {
    code: 'COVERAGE_LEVELS_DIFFER',
    kind: 'usage',
    meaning: 'A unit has several levels in one report, and none of them is about the required target.',
    why: 'One report can say only one thing about a unit.',
    example:
      'flag --json of exec has several levels in the report over any (explicit on a; unsupported on b) and none of them is about the required target c.',
    mend: 'State one level, or add an entry whose scope holds the required target.',
  },
  {
    code: 'COVERAGE_NOTE_MISSING',
    kind: 'usage',
    meaning: 'A unit is intentionally unsupported, but no note says why.',
    why: 'A decision without its reason cannot be looked at again when the upstream changes.',
    example: 'command login is intentionally unsupported but says not why.',
    mend: 'Add a "note" with the reason to the entry in wrapper_coverage.json.',
  },
  {
    code: 'COVERAGE_PLATFORM_UNKNOWN',
    kind: 'usage',
    meaning: 'A scope names a platform that no expected target runs on.',
    why: 'The statement would hold nowhere.',
    example: 'No expected target runs on windows.',
    mend: 'Correct the platform in wrapper_coverage.json, or add a target of it to targets.expected in cliparity.json.',
  },
  {
    code: 'COVERAGE_SCOPE_MISMATCH',
    kind: 'usage',
    meaning:
      'A command is intentionally unsupported on some targets only, and what stands below it is seen on others too.',
    why: 'Whether the units below are waived there cannot be told.',
    example: 'sandbox is intentionally unsupported on a only, but sandbox run below it is on a, b.',
    mend: 'Widen the scope, or state a level for what is below it in wrapper_coverage.json.',
  },
  {
    code: 'COVERAGE_TARGET_UNKNOWN',
    kind: 'usage',
    meaning: 'A scope names a target that the root does not expect.',
    why: 'The statement would hold nowhere.',
    example: 'The target linux-x46 is not expected here. Did you mean "linux-x64"?',
    mend: 'Correct the target in wrapper_coverage.json, or add it to targets.expected in cliparity.json.',
  },
  {
    code: 'SCOPE_EMPTY',
    kind: 'usage',
    meaning: 'A scope names neither platforms nor targets.',
    why: 'It could mean everywhere or nowhere.',
    example: 'A scope that names neither platforms nor targets says nothing.',
    mend: 'Leave the scope out to mean every expected target, or name some.',
  },
];
