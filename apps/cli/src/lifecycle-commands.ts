import type { CommandSpec } from './command-spec.js';
import { CLI_VERSION } from './common-args.js';

/** Commands around versions, their tests, promotion and what is due. */
export const LIFECYCLE_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'verify',
    summary: 'run the wrapper’s own tests against the pinned binary and write the outcome as the version’s metadata',
    args: [...CLI_VERSION, ['[command...]', 'after --: run this instead of the manifest’s wrapper.test']],
    options: [
      ['--target <triple>', 'only this target (repeatable; default: every expected one)', 'list'],
      ['--check', 'run nothing; exit 1 when the committed metadata cannot be derived again'],
      ['--timeout <seconds>', 'end a test command that takes longer; it has failed then (default: 900)'],
      ['--downgrade <reason>', 'write the outcome although the version’s status falls'],
    ],
    examples: [
      'cliparity verify codex 0.125.0',
      'cliparity verify codex newest --target x86_64-unknown-linux-musl -- npm test',
      'cliparity verify codex 0.125.0 --check',
    ],
    load: async () => (await import('./commands/verify.js')).run,
  },
  {
    name: 'promote',
    summary: 'make a verified version the latest validated one: pointers, current.json, forward only',
    args: CLI_VERSION,
    options: [
      ['--dry-run', 'say which pointers would move; write nothing'],
      ['--check', 'exit 1 when it would change a file; write nothing'],
    ],
    examples: ['cliparity promote codex 0.125.0 --dry-run', 'cliparity promote codex 0.125.0'],
    load: async () => (await import('./commands/promote.js')).run,
  },
  {
    name: 'retain',
    summary: 'say which versions of a root may go and why the others stay; remove them when told to',
    args: [['<cli>', 'a root under the manifests folder']],
    options: [
      ['--apply', 'remove snapshots, reports and metadata of the versions that may go'],
      ['--keep <n>', 'how many validated versions stay (default: what an older root’s rules say, else 3)'],
    ],
    examples: ['cliparity retain codex', 'cliparity retain codex --keep 2 --apply'],
    load: async () => (await import('./commands/retain.js')).run,
  },
  {
    name: 'matrix',
    summary: 'write one support matrix over all roots, as JSON and as Markdown',
    args: [],
    options: [
      ['--check', 'compare byte for byte with the committed files, write nothing; exit 1 when they differ'],
      ['--out <dir>', 'where to write (default: support_matrix in the manifests folder)'],
    ],
    examples: ['cliparity matrix', 'cliparity matrix --check'],
    load: async () => (await import('./commands/matrix.js')).run,
  },
  {
    name: 'coverage',
    summary: 'waive a missing unit or a finding for a while; derive wrapper coverage from observed command lines',
    args: [
      ['<action>', 'waive or derive', ['waive', 'derive']],
      ['<cli>', 'a root under the manifests folder'],
      ['[unit...]', 'waive: units such as flag:exec/--json, or fingerprints of findings'],
    ],
    options: [
      ['--reason <text>', 'waive: why'],
      ['--owner <name>', 'waive: who looks at it again'],
      ['--until <day>', 'waive: the last day on which it holds, YYYY-MM-DD'],
      ['--from <log>', 'derive: what observe has written'],
      ['--apply', 'derive: write the proposal into wrapper_coverage.json'],
      ['--at <version>', 'the version to look in', 'value', 'newest'],
    ],
    examples: [
      'cliparity coverage waive codex flag:exec/--json --reason "not needed yet" --owner sdk --until 2027-03-31',
      'cliparity coverage derive codex --from cli_manifests/codex/observed/sdk.ndjson',
    ],
    load: async () => (await import('./commands/coverage.js')).run,
  },
  {
    name: 'observe',
    summary: 'run a program as it is and record its command line; exits as it does, 70 for a failure of its own',
    args: [['[command...]', 'after --: the program and its arguments']],
    options: [
      ['--log <file>', 'the log to add to, one masked command line per line'],
      ['--stand-in <file>', 'run nothing: write a shell script that does, to put in the place of the program'],
    ],
    examples: [
      'cliparity observe --log observed.ndjson -- codex --version',
      'cliparity observe --log observed.ndjson --stand-in bin/codex -- codex',
    ],
    // Source: DESIGN section 7.
    ownFailure: 70,
    load: async () => (await import('./commands/observe.js')).run,
  },
  {
    name: 'due',
    summary: 'what a day makes due: waivers past their end, recordings to look at again, a lock that nobody renewed',
    args: [['[cli]', 'one root; all when absent']],
    options: [['--as-of <day>', 'ask for another day, YYYY-MM-DD (default: today)']],
    examples: ['cliparity due', 'cliparity due codex --as-of 2027-03-31'],
    load: async () => (await import('./commands/due.js')).run,
  },
];
