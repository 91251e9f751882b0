import type { CommandSpec } from './command-spec.js';
import { CLI_VERSION } from './common-args.js';
import { LIFECYCLE_COMMANDS } from './lifecycle-commands.js';
import { SETUP_COMMANDS } from './setup-commands.js';
import { STREAM_COMMANDS } from './stream-commands.js';

const CHECK = [
  '--check',
  'derive, compare byte for byte with the committed files, write nothing; exit 1 when they differ',
] as const;
const FORCE = ['--force', 'run even when the outputs are up to date'] as const;
const TARGET = ['--target <triple>', 'only this target (repeatable; default: every expected one)', 'list'] as const;
const EXIT_CODE = ['--exit-code', 'exit 1 when something is missing'] as const;

/** Every command: its words, its help, and where its code lies. Loaded for every run, so it holds data only. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'status',
    summary: 'where one stands: newest locked version, snapshots, missing units',
    args: [['[cli]', 'one root; all when absent']],
    options: [],
    examples: ['cliparity status', 'cliparity status codex --json'],
    load: async () => (await import('./commands/status.js')).run,
  },
  {
    name: 'doctor',
    summary: 'what works here: Node, network, sources, each target’s runner, isolation, configuration, store',
    args: [],
    options: [['--network', 'also ask every source for a release']],
    examples: ['cliparity doctor', 'cliparity doctor --json'],
    load: async () => (await import('./commands/doctor.js')).run,
  },
  {
    name: 'lock',
    summary: 'pin every target’s artifact of one version by size and SHA-256 (uses the network); carry it as a bundle',
    args: [
      ['<cli>', 'a root under the manifests folder; or the word export or import, see below'],
      ['<version>', 'a bare semantic version, or newest (in the lock)'],
      ['[more...]', 'export CLI VERSION FILE: a bundle with the artifacts; import CLI FILE: take one in, offline'],
    ],
    options: [
      TARGET,
      ['--check', 'offline: shape, locators, every expected target present'],
      ['--force', 'replace an entry although its binary changed'],
      ['--verify', 'transfer again and compare with the lock; writes nothing'],
    ],
    examples: [
      'cliparity lock codex 0.125.0',
      'cliparity lock codex 0.125.0 --check',
      'cliparity lock export codex 0.125.0 codex-0.125.0.tar',
      'cliparity lock import codex codex-0.125.0.tar',
    ],
    load: async () => (await import('./commands/lock.js')).run,
  },
  {
    name: 'acquire',
    summary: 'fetch, verify and unpack locked artifacts into the store (uses the network when the store lacks them)',
    args: CLI_VERSION,
    options: [TARGET, ['--link <dir>', 'make DIR/<tool>-<target> for each artifact']],
    examples: [
      'cliparity acquire codex newest --target x86_64-unknown-linux-musl',
      'cliparity acquire codex 0.125.0 --link bin',
    ],
    load: async () => (await import('./commands/acquire.js')).run,
  },
  {
    name: 'snapshot',
    summary: 'capture the help pages that the page store lacks, and read them into a snapshot',
    args: CLI_VERSION,
    options: [
      TARGET,
      CHECK,
      FORCE,
      ['--from-binary', 'capture every page again from the binary'],
      ['--raw-help <dir>', 'also write the pages as text files below DIR'],
    ],
    examples: [
      'cliparity snapshot codex 0.125.0 --target x86_64-unknown-linux-musl',
      'cliparity snapshot codex 0.125.0 --target x86_64-unknown-linux-musl --check',
    ],
    load: async () => (await import('./commands/snapshot.js')).run,
  },
  {
    name: 'parse',
    summary: 'read one help page (a file, or standard input) into its surface',
    args: [['[file]', 'a page; standard input when absent or -']],
    options: [
      ['--dialect <id>', 'read it as this dialect instead of the best match'],
      ['--ndjson', 'a stream of {"id","text"} in, of {"id","dialect","surface"} out'],
    ],
    examples: ['git clone -h 2>&1 | cliparity parse', 'cliparity parse page.txt --dialect clap --json'],
    load: async () => (await import('./commands/parse.js')).run,
  },
  {
    name: 'union',
    summary: 'merge the snapshots of one version over its targets',
    args: CLI_VERSION,
    options: [CHECK, FORCE],
    examples: ['cliparity union codex 0.125.0', 'cliparity union codex newest --check'],
    load: async () => (await import('./commands/union.js')).run,
  },
  {
    name: 'report',
    summary: 'say which upstream units the wrapper covers, waives or misses',
    args: CLI_VERSION,
    options: [
      CHECK,
      FORCE,
      EXIT_CODE,
      ['--ratchet', 'hold what is missing against ratchets/coverage.json: tighten it here, match it in CI'],
      ['--chain', 'first bring what it depends on up to date: acquire, capture, snapshot, union (may use the network)'],
    ],
    examples: ['cliparity report codex 0.125.0', 'cliparity report codex newest --chain'],
    load: async () => (await import('./commands/report.js')).run,
  },
  {
    name: 'rebuild',
    summary: 'derive every derived file again and say what changed',
    args: [['[cli]', 'one root']],
    options: [['--all', 'every root'], CHECK],
    examples: ['cliparity rebuild codex', 'cliparity rebuild --all --check'],
    load: async () => (await import('./commands/rebuild.js')).run,
  },
  {
    name: 'validate',
    summary: 'check every committed file against its schema, that derived files can be derived again, and what is due',
    args: [['[cli]', 'one root; all when absent']],
    options: [
      [
        '--profile <name>',
        'strict, or for older roots parity: only what the reference’s validator says',
        'value',
        'strict',
      ],
      ['--fix', 'first mend order, serialisation, line ends and generated copies; never content'],
      ['--as-of <day>', 'judge what is due on another day, YYYY-MM-DD (default: today)'],
    ],
    examples: [
      'cliparity validate',
      'cliparity validate codex --json',
      'cliparity validate codex --fix',
      'cliparity validate --profile parity --reporter sarif=findings.sarif',
    ],
    load: async () => (await import('./commands/validate.js')).run,
  },
  {
    name: 'export',
    summary: 'write a version’s snapshots and union in another format',
    args: CLI_VERSION,
    options: [
      ['--format <name>', 'parity-v2 or dotslash', 'value', 'parity-v2'],
      ['--out <dir>', 'where to write; one JSON document on standard output when absent'],
      TARGET,
    ],
    examples: ['cliparity export codex 0.125.0 --format parity-v2 --out parity'],
    load: async () => (await import('./commands/export.js')).run,
  },
  {
    name: 'import',
    summary: 'take in snapshots made elsewhere',
    args: [
      ['<cli>', 'a root under the manifests folder'],
      ['<dir>', 'a folder of snapshot files'],
    ],
    options: [['--dry-run', 'say what would be written']],
    examples: ['cliparity import codex ../from-macos/snapshots'],
    load: async () => (await import('./commands/import.js')).run,
  },
  {
    name: 'store',
    summary: 'the store of acquired binaries: list, prune or verify it',
    args: [['<action>', 'list, prune or verify', ['list', 'prune', 'verify']]],
    options: [
      ['--max-size <bytes>', 'prune: keep the most recently used up to this size'],
      ['--keep <newest:n>', 'prune: keep the artifacts of the newest N versions of each root (default: newest:1)'],
      ['--dry-run', 'prune: say what would go'],
      ['--mend', 'verify: take out what is damaged, so that it is fetched again'],
    ],
    examples: ['cliparity store list', 'cliparity store prune --max-size 2000000000'],
    load: async () => (await import('./commands/store.js')).run,
  },
  {
    name: 'explain',
    summary: 'a finding or error code (meaning, example, mend), or a unit (where seen, how covered)',
    args: [['<what...>', 'a code such as LOCK_VERSION_UNKNOWN, or <cli> and a unit such as exec --json']],
    options: [['--at <version>', 'the version to look in', 'value', 'newest']],
    examples: ['cliparity explain LOCK_VERSION_UNKNOWN', 'cliparity explain codex exec -- --json'],
    load: async () => (await import('./commands/explain.js')).run,
  },
  ...LIFECYCLE_COMMANDS,
  ...STREAM_COMMANDS,
  ...SETUP_COMMANDS,
];
