import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { loadNpmSettings, locatorUrl, lockToDotslash } from '@cliparity/acquisition';
import { readJson, readJsonIfThere, writeAtomic } from '@cliparity/manifest-store';
import {
  didYouMean,
  serialize,
  SnapshotSchema,
  UnionSchema,
  UsageError,
  type Result,
  type Snapshot,
  type Union,
} from '@cliparity/model';
import { exportSnapshotV1, exportUnionV2, SnapshotV1Schema, UnionV2Schema } from '@cliparity/surface';
import { lockedVersionOf, lockOf, openRootContext, targetsOf, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

export const EXPORT_FORMATS = ['parity-v2', 'dotslash'] as const;

export interface ExportRequest {
  readonly cli: string;
  readonly version: string;
  readonly format: string;
  readonly targets?: readonly string[] | undefined;
  /** Absolute; nothing is written when absent. */
  readonly out?: string | undefined;
}

const olderText = (file: Snapshot | Union): string =>
  'mode' in file ? serialize(UnionV2Schema, exportUnionV2(file)) : serialize(SnapshotV1Schema, exportSnapshotV1(file));

async function writeOut(folder: string, files: ReadonlyMap<string, string>, format: string): Promise<void> {
  for (const [file, text] of files) {
    const path = join(folder, file);
    await writeAtomic(path, text);
    // A DotSlash file is started as the program it stands for.
    if (format === 'dotslash') await chmod(path, 0o755);
  }
}

/** `export CLI VERSION --format F`: the committed snapshots and union as the older format has them, or the locked artifacts as a DotSlash file. */
export async function exportVersion(bench: Workbench, request: ExportRequest): Promise<Result> {
  if (!(EXPORT_FORMATS as readonly string[]).includes(request.format)) {
    throw new UsageError(
      'FORMAT_UNKNOWN',
      `unknown export format "${request.format}".${didYouMean(request.format, EXPORT_FORMATS)}`,
      {
        where: '--format',
        remedy: `Known formats: ${EXPORT_FORMATS.join(', ')}.`,
      },
    );
  }
  const root = await openRootContext(bench, request.cli);
  const version = await lockedVersionOf(root, request.version);
  const files =
    request.format === 'dotslash'
      ? await dotslashFiles(root, version, request)
      : await parityFiles(root, version, request);
  if (request.out !== undefined) await writeOut(request.out, files, request.format);
  return exportResult({ cli: root.name, version, files, request });
}

interface ExportShown {
  readonly cli: string;
  readonly version: string;
  readonly files: ReadonlyMap<string, string>;
  readonly request: ExportRequest;
}

function exportResult({ cli, version, files, request }: ExportShown): Result {
  const { format, out } = request;
  const json = (file: string, text: string): unknown => (file.endsWith('.json') ? (JSON.parse(text) as unknown) : text);
  return {
    kind: 'exported',
    schema_version: 1,
    data: {
      cli,
      version,
      format,
      files: Object.fromEntries([...files].map(([file, text]) => [file, json(file, text)])),
    },
    view: {
      headline: `${cli} ${version} as ${format}: ${files.size} files${out === undefined ? '' : ` in ${out}`}`,
      lines: [...files.keys()],
      ...(out === undefined && { next: ['--out DIR writes them, --json prints them.'] }),
    },
  };
}

/** One DotSlash file that runs the locked binary on every platform it can name; the others are said. */
async function dotslashFiles(root: RootContext, version: string, request: ExportRequest): Promise<Map<string, string>> {
  const targets = new Set((await targetsOf(root, request.targets)).map(({ id }) => id));
  const asked = (target: string): boolean => request.targets === undefined || targets.has(target);
  const { artifacts } = await lockOf(root);
  const entries = artifacts.filter((entry) => entry.semantic_version === version && asked(entry.target_triple));
  const npm = await loadNpmSettings({ cwd: root.workspace });
  const { text, left } = lockToDotslash(entries, {
    name: root.manifest.binary,
    urlOf: (locator) => locatorUrl(locator, (name) => npm.registryFor(name)),
  });
  for (const { target, reason } of left) {
    root.bench.io.emit({ type: 'note', level: 'warn', message: `${target} is left out: ${reason}` });
  }
  return new Map([[root.manifest.binary, text]]);
}

async function parityFiles(root: RootContext, version: string, request: ExportRequest): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const { id } of await targetsOf(root, request.targets)) {
    const { name, path } = root.ref(root.layout.snapshot(version, id));
    const snapshot = await (request.targets === undefined ? readJsonIfThere : readJson)(path, SnapshotSchema, { name });
    if (snapshot !== undefined) files.set(`snapshots/${version}/${id}.json`, olderText(snapshot));
  }
  const { name, path } = root.ref(root.layout.union(version));
  const union = await readJsonIfThere(path, UnionSchema, { name });
  if (union !== undefined) files.set(`snapshots/${version}/union.json`, olderText(union));
  if (files.size > 0) return files;
  throw new UsageError('NOTHING_TO_EXPORT', `${root.name} ${version} has no snapshot to export`, {
    where: root.ref(root.layout.snapshotsOf(version)).name,
    remedy: `cliparity snapshot ${root.name} ${version}`,
  });
}
