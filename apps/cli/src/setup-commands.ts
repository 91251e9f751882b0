import type { CommandSpec } from './command-spec.js';

/** Commands around starting a root and following its upstream. */
export const SETUP_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'init',
    summary: 'start a root: a wizard in a terminal; elsewhere, or with --yes, from options and what is found here',
    args: [['[name]', 'name of the root; the program’s name when absent']],
    options: [
      ['--yes', 'ask nothing'],
      ['--dry-run', 'print what would be written, write nothing'],
      ['--source <id>', 'npm, github-releases or local (default: what the other options say, else npm)'],
      ['--package <name>', 'npm: the package that ships the program (default: the dependency here that does)'],
      ['--repository <owner/name>', 'github-releases: where the program is released'],
      ['--asset <template>', 'github-releases: name of an asset, such as {binary}-{target}.tar.gz'],
      ['--path <dir>', 'local: the folder of releases, <version>/<target>/<program>'],
      ['--binary <name>', 'the program’s name as users type it'],
      ['--dialect <id>', 'how its help pages are read (default: generic)'],
      ['--required <triple>', 'the target whose snapshot everything else needs'],
      ['--target <triple>', 'a target of the root (repeatable; default: what the package ships)', 'list'],
      ['--wrapper <name>', 'the wrapper whose coverage is reported (default: the project here)'],
      ['--ci <provider>', 'also write CI files: github or gitlab'],
      ['--activate', 'write CI files where the provider looks, not to ci-templates/'],
      ['--nx', 'also set up Nx, for cached and affected runs'],
      ['--network', 'ask the registry how the package ships its program'],
      ['--force', 'replace files that are there'],
    ],
    examples: [
      'cliparity init',
      'cliparity init codex --yes --package @openai/codex --network',
      'cliparity init --dry-run',
    ],
    load: async () => (await import('./commands/init.js')).run,
  },
  {
    name: 'watch',
    summary:
      'list the upstream’s releases, choose the candidate by policy, say what is held back and why (uses the network)',
    args: [['<cli>', 'a root under the manifests folder']],
    options: [['--exit-code', 'exit 1 when there is a candidate']],
    examples: ['cliparity watch codex', 'cliparity watch codex --json'],
    load: async () => (await import('./commands/watch.js')).run,
  },
  {
    name: 'update',
    summary:
      'take up one version as a whole: lock, acquire, capture, snapshot, union, report, validate (uses the network)',
    args: [
      ['<cli>', 'a root under the manifests folder'],
      ['[version]', 'a bare semantic version; the candidate of watch when absent'],
    ],
    options: [
      ['--branch', 'make the git branch cliparity/<cli>-<version> with one commit'],
      ['--body <file>', 'write the text of a pull request, as Markdown'],
      ['--snapshots <dir>', 'also take in snapshots of this version made on other machines'],
      ['--dry-run', 'say what would be done'],
      ['--update-min-supported', 'always refused: a maintainer raises min_supported.txt'],
    ],
    examples: ['cliparity update codex', 'cliparity update codex 0.169.0 --branch --body pull-request.md'],
    load: async () => (await import('./commands/update.js')).run,
  },
];
