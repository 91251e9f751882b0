import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of asking the binary for its help pages. */
export const captureEntries: readonly CatalogueEntry[] = [
  {
    code: 'HELP_EMPTY',
    kind: 'could-not-run',
    meaning: 'The root help page is empty on the stream that is read.',
    why: 'Everything else is found from the root page; an empty surface must never be taken for the truth.',
    example: 'the root help page is empty on stdout',
    mend: 'Set crawl.stream in cliparity.json when the text is on the other stream, or crawl.help.root to what prints help.',
  },
  {
    code: 'HELP_FAILED',
    kind: 'could-not-run',
    meaning: 'The binary ended with an error when it was asked for its root help page.',
    why: 'What it printed is likely an error message and no help.',
    example: "the root help page exited 2: error: unexpected argument '--help' found",
    mend: 'Set crawl.help.root in cliparity.json to what prints help, or crawl.accept_nonzero when help comes with this exit code.',
  },
  {
    code: 'PAGE_KEY_INVALID',
    kind: 'internal',
    meaning: 'The page store was asked for pages by something that is no pair of digests.',
    why: 'Pages are kept by binary and settings digests, which become paths.',
    example: 'not a pair of SHA-256 digests: x, y',
    mend: 'This is a fault of cliparity: run the same command with --verbose and report it.',
  },
  {
    code: 'ROOT_PAGE_MISSING',
    kind: 'could-not-run',
    meaning: 'A capture brought no page of the root command.',
    why: 'A snapshot without its root command would be taken for an upstream that lost everything.',
    example: 'The crawl of codex-cli brought no page of the root command.',
    mend: 'Look at what the binary prints for its root help and at crawl.help.root; then `cliparity snapshot CLI VERSION --from-binary`.',
  },
  {
    code: 'PAGE_NOT_UNDERSTOOD',
    kind: 'could-not-run',
    meaning: 'The dialect reads no usage, command, flag or argument in the root page.',
    why: 'A page in another language or style would otherwise pass for a program without any surface.',
    example: 'the dialect clap reads nothing in the root page of tool',
    mend: 'Set `dialect` in cliparity.json to one that fits (`cliparity parse` tells), and check the language of the page.',
  },
];
