import { serialize, SnapshotSchema, type LockEntry, type Manifest, type Snapshot } from '@cliparity/model';
import { snapshotProvenance } from '@cliparity/surface';
import type { Change } from '../../engine/testing/change.js';
import { codexFacts } from './codex-root.fixture.js';
import { promotedRoot, TARGET, VERSION } from './promoted-root.fixture.js';

export const root = promotedRoot();
export const SNAPSHOT = `snapshots/${VERSION}/${TARGET}.json`;
const UNION = `snapshots/${VERSION}/union.json`;
const ANY = `reports/${VERSION}/coverage.any.json`;
const METADATA = `versions/${VERSION}.json`;
const LOCK = 'artifacts.lock.json';
const WRAPPER = 'wrapper_coverage.json';
export const SUPPLEMENT = 'supplement/commands.json';
const OWN = `pointers/latest_validated/${TARGET}.txt`;
const MAC = 'aarch64-apple-darwin';

const set = (file: string, at: string, value: unknown): Change => ({ edits: [{ file, at, set: value }] });
const file = (path: string, content: string | null | { readonly folder: true }): Change => ({
  files: { [path]: content },
});
const textOf = (path: string): string => {
  const content = root.get(path);
  return typeof content === 'string' ? content : new TextDecoder().decode(content ?? new Uint8Array());
};
export const parsed = (path: string): Record<string, unknown[]> =>
  JSON.parse(textOf(path)) as Record<string, unknown[]>;
const swapped = (path: string, key: string): Change => {
  const [first, second, ...rest] = parsed(path)[key] as unknown[];
  return set(path, `/${key}`, [second, first, ...rest]);
};
const entryAt = (parsed(LOCK)['artifacts'] as { semantic_version: string; target_triple: string }[]).findIndex(
  (entry) => entry.semantic_version === VERSION && entry.target_triple === TARGET,
);

/** The snapshot as another target's, up to date in everything but the dialect that read it. */
function otherDialect(): string {
  const snapshot = JSON.parse(textOf(SNAPSHOT)) as Snapshot;
  const entries = parsed(LOCK)['artifacts'] as LockEntry[];
  const entry = entries.find(({ target_triple }) => target_triple === MAC) as LockEntry;
  const { manifest } = codexFacts();
  const provenance = snapshotProvenance({
    manifest,
    entry,
    target: { id: MAC, os: 'macos', arch: 'aarch64' },
    dialect: { id: 'generic', revision: 1 },
    settingsSha256: snapshot.provenance.settings_sha256 ?? '',
    collectedAt: snapshot.collected_at,
  });
  const binary = {
    ...snapshot.binary,
    target_triple: MAC,
    sha256: entry.binary_sha256,
    size_bytes: entry.binary_size_bytes,
  };
  return serialize(SnapshotSchema, { ...snapshot, binary, provenance });
}

/** code, the file it is found in, the change to the root, and what the manifest says instead */
export const BROKEN: readonly (readonly [code: string, file: string, change: Change, facts?: Partial<Manifest>])[] = [
  ['FILE_MISSING', LOCK, file(LOCK, null)],
  ['FILE_MISSING', WRAPPER, file(WRAPPER, null)],
  ['FILE_INVALID_JSON', SNAPSHOT, file(SNAPSHOT, '{')],
  ['FILE_INVALID_JSON', SNAPSHOT, file(SNAPSHOT, `\ufeff${textOf(SNAPSHOT)}`)],
  ['FILE_INVALID_JSON', SNAPSHOT, file(SNAPSHOT, textOf(SNAPSHOT).replace('{', '{"tool": "codex-cli",'))],
  ['FILE_SCHEMA_INVALID', METADATA, set(METADATA, '/extra', 1)],
  ['FILE_SCHEMA_INVALID', WRAPPER, set(WRAPPER, '/wrapper', '')],
  ['FILE_NOT_CANONICAL', SNAPSHOT, file(SNAPSHOT, textOf(SNAPSHOT).replaceAll('\n', '\r\n'))],
  ['FILE_NOT_CANONICAL', LOCK, swapped(LOCK, 'artifacts')],
  ['FILE_UNREADABLE', UNION, file(UNION, { folder: true })],
  ['FILE_UNEXPECTED', 'stray.json', file('stray.json', '{}')],
  ['FILE_UNEXPECTED', 'reports/9.9.9/coverage.any.json', file('reports/9.9.9/coverage.any.json', '{}')],
  ['FILE_UNEXPECTED', 'snapshots/old', file('snapshots/old/x.json', '{}')],
  ['FILE_UNEXPECTED', `snapshots/${VERSION}/any.json`, file(`snapshots/${VERSION}/any.json`, '{}')],
  ['FILE_UNEXPECTED', 'pointers/latest_supported/any.txt', file('pointers/latest_supported/any.txt', 'none\n')],
  ['LOCK_OF_OTHER_TOOL', LOCK, set(LOCK, '/tool', 'other')],
  ['LOCK_DUPLICATE', LOCK, set(LOCK, `/artifacts/${String(entryAt + 1)}`, parsed(LOCK)['artifacts']?.[entryAt])],
  ['SNAPSHOT_MISPLACED', SNAPSHOT, set(SNAPSHOT, '/binary/target_triple', MAC)],
  ['SNAPSHOT_OF_OTHER_TOOL', SNAPSHOT, set(SNAPSHOT, '/tool', 'other')],
  ['SNAPSHOT_NOT_LOCKED', SNAPSHOT, { edits: [{ file: LOCK, at: `/artifacts/${String(entryAt)}`, remove: true }] }],
  ['SNAPSHOT_NOT_OF_LOCK', SNAPSHOT, set(SNAPSHOT, '/binary/sha256', 'd'.repeat(64))],
  ['VERSION_OUTPUT_DIFFERS', SNAPSHOT, set(SNAPSHOT, '/binary/version_output', 'codex-cli 0.92.1')],
  ['SNAPSHOT_STALE', SNAPSHOT, set(SNAPSHOT, '/collected_at', '2026-01-02T03:04:05Z')],
  ['ROOT_COMMAND_MISSING', SNAPSHOT, { edits: [{ file: SNAPSHOT, at: '/commands/0', remove: true }] }],
  ['UNIT_DUPLICATE', SNAPSHOT, set(SNAPSHOT, '/commands/1', parsed(SNAPSHOT)['commands']?.[2])],
  ['UNITS_NOT_SORTED', SNAPSHOT, swapped(SNAPSHOT, 'commands')],
  ['UNITS_NOT_SORTED', UNION, swapped(UNION, 'commands')],
  [
    'EXPECTED_TARGETS_DIFFER',
    UNION,
    {},
    { targets: { required: TARGET, expected: [...codexFacts().manifest.targets.expected].reverse() } },
  ],
  ['DERIVED_FILE_DIFFERS', UNION, set(UNION, '/commands/0/about', 'another')],
  ['DERIVED_FILE_MISSING', UNION, file(UNION, null)],
  ['REQUIRED_TARGET_MISSING', UNION, file(SNAPSHOT, null)],
  ['DERIVED_FILE_DIFFERS', ANY, set(ANY, '/totals/flags/missing', 99)],
  ['DERIVED_FILE_MISSING', ANY, file(ANY, null)],
  [
    'DERIVED_FILE_UNEXPECTED',
    `reports/${VERSION}/coverage.all.json`,
    file(`reports/${VERSION}/coverage.all.json`, '{}'),
  ],
  ['DERIVED_FILE_DIFFERS', METADATA, set(METADATA, '/coverage/supported_targets', [TARGET, MAC])],
  ['VERSION_METADATA_MISPLACED', METADATA, set(METADATA, '/semantic_version', '0.93.0')],
  ['POINTER_MISSING_FILE', OWN, file(OWN, null)],
  ['POINTER_MISSING_FILE', 'latest_validated.txt', file('latest_validated.txt', null)],
  ['POINTER_INVALID_FORMAT', OWN, file(OWN, `${VERSION}\r\n`)],
  ['POINTER_INVALID_VALUE', OWN, file(OWN, `v${VERSION}\n`)],
  ['POINTER_UNREADABLE', OWN, file(OWN, { folder: true })],
  ['POINTER_LATEST_VALIDATED_MISMATCH', 'latest_validated.txt', file(OWN, 'none\n')],
  ['CURRENT_MISSING', 'current.json', file('current.json', null)],
  ['CURRENT_JSON_NOT_EQUAL_UNION', 'current.json', file('current.json', `${textOf(UNION)} `)],
  [
    'POINTER_REFERENCES_MISSING_SNAPSHOT',
    `pointers/latest_supported/${MAC}.txt`,
    file(`pointers/latest_supported/${MAC}.txt`, `${VERSION}\n`),
  ],
  ['SUPPLEMENT_UNUSED', SUPPLEMENT, set(SUPPLEMENT, '/commands', [{ path: ['exec'], note: 'not needed' }])],
  [
    'WAIVER_UNUSED',
    'waivers.json',
    file(
      'waivers.json',
      JSON.stringify({
        schema_version: 1,
        waivers: [{ fingerprint: 'a'.repeat(16), reason: 'r', owner: 'o', until: '2026-01-01' }],
      }),
    ),
  ],
  ['FILE_NOT_REGULAR', `snapshots/${VERSION}/deep`, file(`snapshots/${VERSION}/deep/x.json`, '{}')],
  ['DERIVED_FILE_NOT_DERIVABLE', METADATA, set(METADATA, '/status', 'supported')],
  ['DERIVED_FILE_NOT_DERIVABLE', METADATA, { files: { [SNAPSHOT]: null, [UNION]: null } }],
  ['POINTER_REFERENCES_MISSING_VERSION_METADATA', 'latest_validated.txt', file(METADATA, null)],
  [
    'UNION_MIXED_DIALECTS',
    `snapshots/${VERSION}/${MAC}.json`,
    file(`snapshots/${VERSION}/${MAC}.json`, otherDialect()),
  ],
  ['GENERATED_COPY_DIFFERS', 'RULES.json', file('RULES.json', '{}')],
  [
    'POINTER_INCONSISTENT_WITH_VERSION_METADATA',
    `pointers/latest_supported/${MAC}.txt`,
    file(`pointers/latest_supported/${MAC}.txt`, `${VERSION}\n`),
  ],
  ['LOCATOR_MISMATCH', LOCK, set(LOCK, `/artifacts/${String(entryAt)}/locator`, 'npm:other@0.0.1')],
];

/** What a change brings with it: a thing that is broken in one file may show in another that speaks of it. */
export const WITH: Readonly<Record<string, readonly RegExp[]>> = {
  POINTER_INCONSISTENT_WITH_VERSION_METADATA: [/^POINTER_REFERENCES_MISSING_SNAPSHOT/],
  LOCATOR_MISMATCH: [/^DERIVED_FILE_DIFFERS versions/],
  LOCK_DUPLICATE: [/^SNAPSHOT_NOT_|^DERIVED_FILE_DIFFERS versions/],
  REQUIRED_TARGET_MISSING: [/^POINTER_REFERENCES_MISSING_SNAPSHOT pointers/],
  POINTER_REFERENCES_MISSING_SNAPSHOT: [/^POINTER_INCONSISTENT_WITH_VERSION_METADATA/],
  POINTER_REFERENCES_MISSING_VERSION_METADATA: [/^POINTER_REFERENCES_MISSING_VERSION_METADATA/],
  SUPPLEMENT_UNUSED: [/^SNAPSHOT_STALE/],
  DERIVED_FILE_MISSING: [/^POINTER_REFERENCES_MISSING_SNAPSHOT/],
  FILE_UNREADABLE: [/^FILE_NOT_REGULAR/],
  POINTER_UNREADABLE: [/^FILE_NOT_REGULAR|^FILE_UNEXPECTED/],
  DERIVED_FILE_DIFFERS: [/^POINTER_INCONSISTENT/],
  DERIVED_FILE_NOT_DERIVABLE: [/^POINTER_REFERENCES_MISSING_SNAPSHOT|^FILE_UNEXPECTED reports/],
};
