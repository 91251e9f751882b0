import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of starting a root. */
export const initEntries: readonly CatalogueEntry[] = [
  {
    code: 'INIT_ANSWER_INVALID',
    kind: 'usage',
    meaning: 'An answer to init cannot be what is asked for.',
    why: 'It would make a root that no command opens. Nothing was written.',
    example: '"two words" cannot be the name of an npm package',
    mend: 'Correct the option it names, for example `cliparity init codex --package @openai/codex`.',
  },
  {
    code: 'INIT_ANSWER_MISSING',
    kind: 'usage',
    meaning: 'Starting a root needs an answer that was neither given nor found.',
    why: 'A root that watches the wrong upstream would be worse than none; without a terminal nobody can be asked.',
    example: 'init needs to know which npm package ships the program',
    mend: 'Give the option it names, for example `cliparity init codex --package @openai/codex`, or run `cliparity init` in a terminal.',
  },
  {
    code: 'INIT_CHOICE_UNKNOWN',
    kind: 'usage',
    meaning: 'An option of init has a value that is none of its choices.',
    why: 'Nothing can be written for a source or a CI provider that nobody knows.',
    example: '--ci cannot be "githb". Did you mean "github"?',
    mend: 'Use one of the values it lists. A source of a plugin is written into cliparity.json by hand.',
  },
  {
    code: 'INIT_OPTIONS_CONTRADICT',
    kind: 'usage',
    meaning: 'Options of init speak of two upstreams, or of CI files that are not asked for.',
    why: 'A root watches one upstream; which of the two is meant cannot be guessed. Nothing was written.',
    example: '--package is for npm, --repository for github-releases',
    mend: 'Leave out one of the options it names.',
  },
  {
    code: 'INIT_FOLDER_OUTSIDE',
    kind: 'usage',
    meaning: 'The folder of the roots is not below the workspace that init works in.',
    why: 'Roots are files of the repository, and the paths in CI files start at its top.',
    example: 'the folder of the roots is not below the workspace',
    mend: 'Name a folder below the workspace with --manifests, or another workspace with -C.',
  },
  {
    code: 'INIT_PACKAGE_UNKNOWN',
    kind: 'could-not-run',
    meaning: 'The registry answered, but tells no version of the package.',
    why: 'How the package ships its program can only be read from one of its versions.',
    example: 'the registry tells no version of @openai/codx',
    mend: 'Check --package and the registry npm is configured for; without --network nobody is asked.',
  },
  {
    code: 'INIT_WOULD_OVERWRITE',
    kind: 'usage',
    meaning: 'Files that init writes are there already, with other content.',
    why: 'Somebody wrote them, perhaps init itself: what was added by hand must not be lost. Nothing was written.',
    example: 'init was here before, or somebody else: cli_manifests/codex/cliparity.json would be replaced',
    mend: 'Edit the files by hand, give the root another name, or replace them with `cliparity init NAME --force`.',
  },
];
