import { join } from 'node:path';
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
import { openRootContext, targetsOf, lockedVersionOf } from './root-context.js';
import type { Workbench } from './workbench.js';

export const EXPORT_FORMATS = ['parity-v2'] as const;

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

/** `export CLI VERSION --format parity-v2`: the committed snapshots and union as the older format has them. */
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
  const files = new Map<string, string>();
  for (const { id } of await targetsOf(root, request.targets)) {
    const { name, path } = root.ref(root.layout.snapshot(version, id));
    const snapshot = await (request.targets === undefined ? readJsonIfThere : readJson)(path, SnapshotSchema, { name });
    if (snapshot !== undefined) files.set(`snapshots/${version}/${id}.json`, olderText(snapshot));
  }
  const { name, path } = root.ref(root.layout.union(version));
  const union = await readJsonIfThere(path, UnionSchema, { name });
  if (union !== undefined) files.set(`snapshots/${version}/union.json`, olderText(union));
  if (files.size === 0) {
    throw new UsageError('NOTHING_TO_EXPORT', `${root.name} ${version} has no snapshot to export`, {
      remedy: `cliparity snapshot ${root.name} ${version}`,
    });
  }
  if (request.out !== undefined) for (const [file, text] of files) await writeAtomic(join(request.out, file), text);
  const documents = Object.fromEntries([...files].map(([file, text]) => [file, JSON.parse(text) as unknown]));
  return {
    kind: 'exported',
    schema_version: 1,
    data: { cli: root.name, version, format: request.format, files: documents },
    view: {
      headline: `${root.name} ${version} as ${request.format}: ${files.size} files${request.out === undefined ? '' : ` in ${request.out}`}`,
      lines: [...files.keys()],
      ...(request.out === undefined && { next: ['--out DIR writes them, --json prints them.'] }),
    },
  };
}
