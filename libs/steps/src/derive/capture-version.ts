import {
  captureBinary,
  helpPageOf,
  normalizeCrawl,
  pageStoreIn,
  type Capture,
  type CrawlSettings,
} from '@cliparity/capture';
import { workspaceLayout } from '@cliparity/manifest-store';
import {
  CouldNotRun,
  sha256,
  type CommandRow,
  type HelpPage,
  type LockEntry,
  type PageSurface,
} from '@cliparity/model';
import type { Dialect, Target } from '@cliparity/plugin-api';
import { isolationHere, isolationReport, requireRunner } from '@cliparity/runners';
import type { ReadPage } from '@cliparity/surface';
import { acquireEntry } from '../upstream/acquire-version.js';
import type { Captured } from './snapshot-step.js';
import { writeReceipt } from '../base/receipts.js';
import type { RootContext } from '../base/root-context.js';

/** One binary to read: which, and how its pages are to be understood. */
export interface CaptureTask {
  readonly root: RootContext;
  readonly entry: LockEntry;
  readonly target: Target;
  readonly dialect: Dialect;
  readonly fromBinary?: boolean;
}

export const crawlSettingsOf = (root: RootContext): CrawlSettings => normalizeCrawl(root.manifest.crawl);

/** Parses each page once, though the crawl and the snapshot both want its surface. */
function memoized(dialect: Dialect): (page: HelpPage) => PageSurface {
  const surfaces = new Map<string, PageSurface>();
  return (page) => {
    const key = `${(page.path ?? []).join('\u001f')}\u0000${page.text}`;
    const surface = surfaces.get(key) ?? dialect.parse(page);
    surfaces.set(key, surface);
    return surface;
  };
}

const keyOf = (path: readonly string[]): string => path.join('\u001f');

/** Rows that the crawl refused (the help pseudo-command, cycles) are no commands of the snapshot either. */
function onlyListed(capture: Capture, path: readonly string[], rows: readonly CommandRow[]): CommandRow[] {
  const listed = new Set(
    [...capture.crawl.listed, ...(capture.enabled?.listed ?? [])].map((command) => keyOf(command.path)),
  );
  return rows.filter((row) => listed.has(keyOf([...path, row.name])));
}

function readPages(task: CaptureTask, capture: Capture, parse: (page: HelpPage) => PageSurface): ReadPage[] {
  const settings = crawlSettingsOf(task.root);
  return [...capture.crawl.pages, ...(capture.enabled?.pages ?? [])].map((page) => {
    const help = helpPageOf(page, settings.stream, task.root.manifest.binary);
    const surface = parse(help);
    const commands = onlyListed(capture, page.path, surface.commands);
    return { path: page.path, text: help.text, help_sha256: sha256(help.text), surface: { ...surface, commands } };
  });
}

/** A page in another language or style must not pass for a program without any surface. */
function checkUnderstood(task: CaptureTask, pages: readonly ReadPage[]): void {
  const root = pages.find(({ path }) => path.length === 0);
  if (root === undefined) return;
  const { usage, commands, flags, args } = root.surface;
  if (usage.length + commands.length + flags.length + args.length > 0) return;
  const [first = ''] = (root.text ?? '').trim().split('\n');
  const { name } = task.root;
  throw new CouldNotRun(
    'PAGE_NOT_UNDERSTOOD',
    `the dialect ${task.dialect.id} reads nothing in the root page of ${name}`,
    {
      where: `${name} ${task.entry.semantic_version} ${task.target.id}, page beginning with "${first.slice(0, 80)}"`,
      remedy:
        'Set another dialect in cliparity.json (generic reads most), and check the language that the program prints in.',
    },
  );
}

/** Captures what the page store lacks (acquiring the binary only then) and reads every page. */
export async function capturePages(task: CaptureTask): Promise<Captured & { readonly spawned: number }> {
  const { root, entry, target, dialect } = task;
  const { workspace, io, concurrency } = root.bench;
  const places = workspaceLayout(workspace);
  const parse = memoized(dialect);
  const capture = await captureBinary({
    binary: {
      sha256: entry.binary_sha256,
      version: entry.semantic_version,
      name: root.manifest.binary,
      locate: async () => (await acquireEntry(root, entry)).binaryPath,
    },
    runner: requireRunner(target),
    settings: crawlSettingsOf(root),
    store: pageStoreIn(places.pages),
    rowsOf: (page) => parse(page).commands,
    io,
    concurrency,
    scratch: places.tmp,
    task: `capture ${root.name} ${entry.semantic_version} ${target.id}`,
    fromBinary: task.fromBinary === true,
  });
  await writeReceipt(root, `capture-${entry.semantic_version}-${target.id}`, {
    inputs: [
      { name: 'binary', sha256: entry.binary_sha256 },
      { name: 'settings', sha256: capture.settings_sha256 },
    ],
    isolation: isolationReport(await isolationHere()),
    spawned: capture.spawned,
    captured: capture.captured,
    reused: capture.reused,
  });
  const pages = readPages(task, capture, parse);
  checkUnderstood(task, pages);
  return {
    pages,
    versionOutput: capture.version_output,
    omissions: capture.crawl.omissions,
    spawned: capture.spawned,
    ...(capture.features !== undefined && { features: capture.features }),
  };
}
