import type { CommandRow, Features, HelpPage, Page } from '@cliparity/model';
import type { Io } from '@cliparity/plugin-api';
import { checkVersion, type Isolation, type Runner, type VersionAnswer } from '@cliparity/runners';
import { openSession, type BinarySession, type CaptureBinary } from './binary-session.js';
import { crawl, type CrawlResult } from './crawl.js';
import { crawlSettingsDigest, enableArgv, type CrawlSettings } from './crawl-settings.js';
import { commandsAdded, enabledNames, failedFeatures, parseFeatures } from './features.js';
import { openBook, type PageBook } from './page-book.js';
import type { PageStore } from './page-store.js';
import { pageText } from './page-text.js';

/** What a capture needs. */
export interface CaptureRequest {
  readonly binary: CaptureBinary;
  readonly runner: Runner;
  /** As `normalizeCrawl` gives them. */
  readonly settings: CrawlSettings;
  readonly store: PageStore;
  readonly rowsOf: (page: HelpPage) => readonly CommandRow[];
  readonly io: Pick<Io, 'signal' | 'emit'>;
  readonly concurrency: number;
  /** `.cliparity/tmp` */
  readonly scratch: string;
  /** Groups the progress events; `capture` unless said. */
  readonly task?: string;
  /** Ask the binary for every page, whatever the store has. */
  readonly fromBinary?: boolean;
  /** What this machine allows unless said. */
  readonly isolation?: Isolation;
}

/** What a capture found. */
export interface Capture extends VersionAnswer {
  readonly settings_sha256: string;
  readonly crawl: CrawlResult;
  /** The second pass, with every feature enabled, when the settings ask for one. */
  readonly enabled?: CrawlResult;
  readonly features?: Features;
  /** Processes started: 0 when the store had everything. */
  readonly spawned: number;
  /** Pages captured now, and pages the store had. */
  readonly captured: number;
  readonly reused: number;
}

type Found = Pick<Capture, 'crawl' | 'enabled' | 'features'>;

function pass(request: CaptureRequest, book: PageBook, prefix: readonly string[]): Promise<CrawlResult> {
  const { settings, rowsOf, concurrency, binary } = request;
  return crawl({ settings, rowsOf, concurrency, prefix, binary: binary.name, getPage: book.get });
}

/** One pass, the feature list when the settings name one, and a second pass when they also say how to enable. */
async function explore(request: CaptureRequest, book: PageBook): Promise<Found> {
  const first = await pass(request, book, []);
  const probe = request.settings.features;
  if (probe === undefined) return { crawl: first };
  // Not the root's page, but none of a command's either: a failure is told in the features, not by the crawl.
  const page = await book.get(probe.argv, probe.argv);
  if (page.exit_code !== 0) return { crawl: first, features: failedFeatures(page) };
  const listed = [...parseFeatures(pageText(page, 'first-nonempty'))];
  const names = [...enabledNames(listed)];
  if (probe.enable.length === 0 || names.length === 0) return { crawl: first, features: { mode: 'default', listed } };
  const enabled = await pass(request, book, enableArgv(probe.enable, names));
  const features: Features = {
    mode: 'default_plus_all_enabled',
    listed,
    enabled_for_snapshot: names,
    commands_added_when_all_enabled: commandsAdded(first, enabled).map((path) => [...path]),
  };
  return { crawl: first, enabled, features };
}

interface Opened {
  readonly session: BinarySession;
  readonly book: PageBook;
  readonly settings_sha256: string;
  /** The version the store's pages were captured from. */
  readonly known?: VersionAnswer;
  /** Writes the pages that are worth keeping, when there are new ones. */
  save(worth: (page: Page) => boolean): Promise<void>;
}

async function openCapture(request: CaptureRequest): Promise<Opened> {
  const { binary, settings, store, io, task = 'capture' } = request;
  const settings_sha256 = crawlSettingsDigest(settings);
  const key = { binary_sha256: binary.sha256, settings_sha256 };
  const { stored, note } = request.fromBinary === true ? {} : await store.read(key);
  if (note !== undefined) io.emit({ type: 'note', level: 'warn', message: note });
  const known = stored && checkVersion(stored.version_output, binary.version, `${binary.name} (page store)`);
  const session = openSession({ ...request, signal: io.signal });
  const turned = (done: number): void => io.emit({ type: 'progress', task, done, unit: 'pages' });
  const book = openBook(stored?.pages ?? [], (argv) => session.run(argv), turned);
  const save = async (worth: (page: Page) => boolean): Promise<void> => {
    const answer = session.version();
    const pages = book.pages().filter(worth);
    if (answer === undefined || book.captured() === 0 || pages.length === 0) return;
    await store.write(key, { version_output: answer.version_output, pages });
  };
  return { session, book, settings_sha256, save, ...(known !== undefined && { known }) };
}

/**
 * Gets every page of a binary: from the page store what is there, from the binary what is not. A capture that fails half way
 * keeps what it has, so that the next one goes on from there.
 * @throws CouldNotRun or FindingError as the runners and the crawl do; Interrupted
 */
export async function captureBinary(request: CaptureRequest): Promise<Capture> {
  const { io, task = 'capture' } = request;
  const { session, book, settings_sha256, known, save } = await openCapture(request);
  try {
    const found = await explore(request, book);
    await save(() => true);
    const version = session.version() ?? known;
    // Without a version nothing was run and nothing was stored, and then the crawl above has no root page to return.
    if (version === undefined) throw new Error('a capture without any page');
    const [spawned, captured, reused] = [session.spawned(), book.captured(), book.reused()];
    io.emit({ type: 'end', task, message: `${captured + reused} pages, ${reused} of them from the page store` });
    return { ...version, settings_sha256, ...found, spawned, captured, reused };
  } catch (error) {
    // A page that may be the fault itself is asked for again next time; and a fresh start that failed takes nothing away.
    const worth = (page: Page): boolean => page.exit_code === 0 && page.stdout + page.stderr !== '';
    if (request.fromBinary !== true) await save(worth).catch(() => undefined);
    throw error;
  } finally {
    await session.close();
  }
}
