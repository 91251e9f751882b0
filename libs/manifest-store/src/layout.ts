import { join } from 'node:path';
import { safeName, safeTarget, safeVersion } from './safe-names.js';

/**
 * Where every file of a root lies: the one table. All paths begin with `root`; no version, target or name can leave it.
 * Source: DESIGN section 5. Errors of the functions: VERSION_INVALID, NAME_INVALID.
 * @param root the root's folder, absolute or not
 */
export function layout(root: string) {
  const at = (...parts: string[]): string => join(root, ...parts);
  return {
    root,
    manifest: at('cliparity.json'),
    rules: at('RULES.json'),
    schema: at('SCHEMA.json'),
    versionMetadataSchema: at('VERSION_METADATA_SCHEMA.json'),
    validatorSpec: at('VALIDATOR_SPEC.md'),
    lock: at('artifacts.lock.json'),
    wrapperCoverage: at('wrapper_coverage.json'),
    supplement: at('supplement', 'commands.json'),
    waivers: at('waivers.json'),
    currentJson: at('current.json'),
    latestValidated: at('latest_validated.txt'),
    minSupported: at('min_supported.txt'),
    snapshots: at('snapshots'),
    snapshotsOf: (version: string) => at('snapshots', safeVersion(version)),
    snapshot: (version: string, target: string) => at('snapshots', safeVersion(version), `${safeTarget(target)}.json`),
    union: (version: string) => at('snapshots', safeVersion(version), 'union.json'),
    reports: at('reports'),
    reportsOf: (version: string) => at('reports', safeVersion(version)),
    /** @param name `any`, `all` or a target */
    report: (version: string, name: string) =>
      at('reports', safeVersion(version), `coverage.${safeName('report', name)}.json`),
    versions: at('versions'),
    version: (version: string) => at('versions', `${safeVersion(version)}.json`),
    pointers: at('pointers'),
    pointer: (kind: PointerKind, target: string) => at('pointers', kind, `${safeTarget(target)}.txt`),
    ratchet: (name: string) => at('ratchets', `${safeName('ratchet', name)}.json`),
    observed: (wrapper: string) => at('observed', `${safeName('wrapper', wrapper)}.ndjson`),
    evidence: at('evidence'),
    /** Raw help of the older format; never committed. */
    rawHelp: (version: string, target: string) => at('raw_help', safeVersion(version), safeTarget(target)),
  } as const;
}
export type Layout = ReturnType<typeof layout>;
export type PointerKind = 'latest_supported' | 'latest_validated';

/**
 * Where the support matrix over all roots lies, beside the roots.
 * @param manifests the folder of the roots
 */
export function matrixLayout(manifests: string) {
  const folder = join(manifests, 'support_matrix');
  return { folder, json: join(folder, 'current.json'), markdown: join(folder, 'current.md') } as const;
}

/**
 * Where a workspace keeps what is never committed, and its fixtures.
 * @param workspace the workspace's folder
 */
export function workspaceLayout(workspace: string) {
  const at = (...parts: string[]): string => join(workspace, '.cliparity', ...parts);
  const allFixtures = join(workspace, 'integration', 'fixtures');
  return {
    workspace,
    own: at(),
    pages: at('pages'),
    receipts: at('receipts'),
    receipt: (root: string, task: string) => at('receipts', safeName('root', root), `${safeName('task', task)}.json`),
    /** What a program printed, beside its receipt. */
    log: (root: string, name: string) => at('receipts', safeName('root', root), `${safeName('log', name)}.log`),
    /** Which versions of a root were found clean, and what they were judged by. */
    validated: (root: string) => at('validated', `${safeName('root', root)}.json`),
    pending: at('pending'),
    tmp: at('tmp'),
    /** There while somebody writes to a root; says who. */
    writerLock: (root: string) => at('tmp', `${safeName('root', root)}.writer-lock`),
    allFixtures,
    fixtures: (root: string, version: string) => join(allFixtures, safeName('root', root), safeVersion(version)),
  } as const;
}
export type WorkspaceLayout = ReturnType<typeof workspaceLayout>;
