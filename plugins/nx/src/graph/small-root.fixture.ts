import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A lock entry with every key there is, for tests. */
export const entryOf = (version: string, target: string): Record<string, unknown> => ({
  semantic_version: version,
  target_triple: target,
  kind: 'tree',
  published_at: '2026-01-02T03:04:05Z',
  published_at_source: 'npm',
  locator: `npm:made-up@${version}`,
  integrity: 'sha512-AAAA',
  asset_name: 'made-up.tgz',
  sha256: '1'.repeat(64),
  size_bytes: 10,
  format: 'tar.gz',
  member: 'package',
  entry: 'bin/made-up',
  members: [{ path: 'bin/made-up', sha256: '2'.repeat(64), size: 3, mode: 493 }],
  tree_sha256: '3'.repeat(64),
  binary_sha256: '2'.repeat(64),
  binary_size_bytes: 3,
  providers: [],
});

export const TARGETS = ['x86_64-unknown-linux-musl', 'aarch64-apple-darwin'] as const;

/** The least that the graph reads of a manifest. */
export const manifestOf = (): Record<string, unknown> => ({
  manifest_schema_version: 1,
  tool: 'made-up',
  binary: 'made-up',
  dialect: 'clap',
  sources: [{ use: 'npm' }],
  targets: { required: TARGETS[0], expected: [...TARGETS] },
});

/** A lock of these versions for both targets. */
export const lockOf = (versions: readonly string[]): Record<string, unknown> => ({
  version: 2,
  tool: 'made-up',
  artifacts: versions.flatMap((version) => TARGETS.map((target) => entryOf(version, target))),
});

/** A folder with these files; a value that is no text is written as JSON. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cliparity-nx-')));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}
