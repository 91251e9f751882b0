import { comparePaths, digestOf, UsageError, type Crawl } from '@cliparity/model';
import { RESERVED_ENV } from '@cliparity/runners';

/** The crawl settings of a root with every default filled in. Names as in `cliparity.json`. */
export interface CrawlSettings {
  readonly help: { readonly root: readonly string[]; readonly command: readonly string[] };
  readonly stream: 'stdout' | 'stderr' | 'both' | 'first-nonempty';
  readonly accept_nonzero: boolean;
  readonly timeout_ms: number;
  readonly max_output_bytes: number;
  readonly max_depth: number;
  readonly max_pages: number;
  readonly columns: number;
  readonly env: Readonly<Record<string, string>>;
  /** Sorted, without doubles. */
  readonly skip: readonly (readonly string[])[];
  readonly version_argv: readonly string[];
  readonly features?: { readonly argv: readonly string[]; readonly enable: readonly string[] };
}

/** What holds where `cliparity.json` says nothing. Changing one changes every settings digest. */
export const CRAWL_DEFAULTS: CrawlSettings = {
  help: { root: ['--help'], command: ['{path}', '--help'] },
  stream: 'stdout',
  accept_nonzero: false,
  timeout_ms: 10_000,
  max_output_bytes: 4 * 1024 * 1024,
  max_depth: 12,
  max_pages: 2000,
  // What clap wraps at when nobody tells it a width.
  columns: 100,
  env: {},
  skip: [],
  version_argv: ['--version'],
};

/** The word of `help.command` that stands for the command's words. */
export const PATH_WORD = '{path}';
/** What `features.enable` writes where a feature's name goes. */
export const NAME_WORD = '{name}';

function checkedEnv(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(env)) {
    const remedy = 'Remove it from crawl.env.';
    const where = `crawl.env.${name}`;
    if ((RESERVED_ENV as readonly string[]).includes(name)) {
      throw new UsageError('CRAWL_ENV_RESERVED', `crawl.env sets ${name}, which isolation owns`, { where, remedy });
    }
    if (!/^[^=\0]+$/.test(name) || value.includes('\0')) {
      throw new UsageError('CRAWL_ENV_INVALID', `crawl.env.${name} is no environment variable`, { where, remedy });
    }
  }
  return env;
}

function checkedForm(form: readonly string[]): readonly string[] {
  if (form.includes(PATH_WORD)) return form;
  throw new UsageError('CRAWL_HELP_FORM', `crawl.help.command does not say where the command’s words go`, {
    where: 'crawl.help.command',
    remedy: `Write ${PATH_WORD} as a word of it, as in ["help", "${PATH_WORD}"].`,
  });
}

function uniquePaths(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const sorted = [...paths].sort(comparePaths);
  return sorted.filter((path, index) => index === 0 || comparePaths(path, sorted[index - 1] as string[]) !== 0);
}

/**
 * Fills in the defaults and brings `skip` into order, so that two ways to write the same settings have one digest.
 * @throws UsageError CRAWL_ENV_RESERVED, CRAWL_ENV_INVALID, CRAWL_HELP_FORM
 */
export function normalizeCrawl(crawl: Crawl = {}): CrawlSettings {
  const { help, env, skip, ...rest } = crawl;
  return {
    ...CRAWL_DEFAULTS,
    ...rest,
    help: {
      root: help?.root ?? CRAWL_DEFAULTS.help.root,
      command: checkedForm(help?.command ?? CRAWL_DEFAULTS.help.command),
    },
    env: checkedEnv(env ?? {}),
    skip: uniquePaths(skip ?? []),
  };
}

/** `settings_sha256`: digest of the settings with the defaults filled in. */
export function crawlSettingsDigest(settings: CrawlSettings): string {
  return digestOf(settings);
}

/** The argv that asks for the help of a command; the root is []. */
export function helpArgv(settings: CrawlSettings, path: readonly string[]): readonly string[] {
  if (path.length === 0) return settings.help.root;
  return settings.help.command.flatMap((word) => (word === PATH_WORD ? path : [word]));
}

/** The words that enable features, to be put before every argv of a pass. */
export function enableArgv(enable: readonly string[], names: readonly string[]): readonly string[] {
  return names.flatMap((name) => enable.map((word) => word.replaceAll(NAME_WORD, () => name)));
}
