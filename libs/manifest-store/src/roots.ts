import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compareBytes, CouldNotRun, didYouMean, ManifestSchema, UsageError } from '@cliparity/model';
import type { Manifest, OperatingSystem, TargetId } from '@cliparity/model';
import { OlderRulesSchema, type OlderRules } from '@cliparity/surface';
import { Type } from '@sinclair/typebox';
import { layout, type Layout } from './layout.js';
import { olderManifest } from './older-manifest.js';
import { readJson, readJsonIfThere } from './read-json.js';
import { safeName } from './safe-names.js';

interface RootBase {
  /** The folder's name, which is what a user calls the CLI. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** The workspace's folder, absolute. */
  readonly workspace: string;
  readonly layout: Layout;
  readonly manifest: Manifest;
}
/** A root with a `cliparity.json`. */
export interface CurrentRoot extends RootBase {
  readonly kind: 'current';
}
/** A root without one: `RULES.json` is its source, the manifest is derived from it. */
export interface OlderRoot extends RootBase {
  readonly kind: 'older';
  readonly rules: OlderRules;
  /** The operating system of each expected target, as the rules map them. */
  readonly systems: Readonly<Record<TargetId, OperatingSystem>>;
}
export type Root = CurrentRoot | OlderRoot;

const Anything = Type.Unknown();

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? 'unknown error';
const isAbsence = (cause: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(cause));

/**
 * Names of the roots in a folder, in byte order; empty when there is no such folder. A root that cannot be looked into is one: what opens it
 * says why it cannot. Errors: FILE_UNREADABLE.
 */
export async function listRoots(workspaceDir: string, manifestsDir: string): Promise<string[]> {
  const folder = resolve(workspaceDir, manifestsDir);
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    if (isAbsence(cause)) return [];
    throw new CouldNotRun('FILE_UNREADABLE', `${folder} cannot be read (${codeOf(cause)}).`, { where: folder, cause });
  });
  const names = entries.filter((entry) => !entry.name.startsWith('.')).map((entry) => entry.name);
  const kinds = await Promise.all(names.map((name) => kindOf(join(folder, name))));
  return names.filter((_, i) => kinds[i] !== undefined).sort(compareBytes);
}

/**
 * Opens one root and reads what it is governed by.
 * @param manifestsDir relative to the workspace, or absolute
 * Errors: ROOT_UNKNOWN (names the nearest root), NAME_INVALID, and those of `readJson` over its manifest or rules.
 */
export async function openRoot(workspaceDir: string, manifestsDir: string, cli: string): Promise<Root> {
  const workspace = resolve(workspaceDir);
  const path = resolve(workspace, manifestsDir, safeName('root', cli));
  const kind = await kindOf(path);
  if (kind === undefined) throw await unknownRoot(workspace, manifestsDir, cli);
  const base = { name: cli, path, workspace, layout: layout(path) };
  if (kind === 'older') return openOlder(base);
  return { ...base, kind, manifest: await readJson(base.layout.manifest, ManifestSchema, { as: 'settings' }) };
}

async function openOlder(base: Omit<RootBase, 'manifest'>): Promise<OlderRoot> {
  const at = base.layout;
  const loose = { allowDuplicateKeys: true, as: 'settings' } as const;
  const [rules, schema, lock, current] = await Promise.all([
    readJson(at.rules, OlderRulesSchema, loose),
    readJsonIfThere(at.schema, Anything),
    readJsonIfThere(at.lock, Anything),
    readJsonIfThere(at.currentJson, Anything),
  ]);
  if ('generated_from' in rules) throw manifestMissing(at.manifest);
  const { expected_targets: expected, platform_mapping: platforms = {} } = rules.union;
  return {
    ...base,
    kind: 'older',
    rules,
    systems: Object.fromEntries(expected.map((target) => [target, systemOf(platforms[target])])),
    manifest: olderManifest({ name: base.name, rules, schema, lock, current }),
  };
}

/** Rules that were generated are those of a root of ours, which has lost what they were generated from. */
function manifestMissing(path: string): UsageError {
  return new UsageError('FILE_MISSING', `${path} does not exist.`, {
    where: path,
    remedy: 'Restore it from version control: the RULES.json beside it was generated from it and does not replace it.',
  });
}

function systemOf(word: string | undefined): OperatingSystem {
  return (['linux', 'macos', 'windows'] as const).find((system) => system === word) ?? 'any';
}

async function kindOf(path: string): Promise<Root['kind'] | undefined> {
  const { manifest, rules } = layout(path);
  const isFile = (file: string) =>
    stat(file).then(
      (found) => found.isFile(),
      (cause: unknown) => codeOf(cause) === 'EACCES',
    );
  if (await isFile(manifest)) return 'current';
  return (await isFile(rules)) ? 'older' : undefined;
}

async function unknownRoot(workspace: string, manifestsDir: string, cli: string): Promise<UsageError> {
  const known = await listRoots(workspace, manifestsDir);
  const list = known.length === 0 ? 'There are no roots there.' : `Known: ${known.join(', ')}.`;
  return new UsageError('ROOT_UNKNOWN', `There is no root "${cli}".${didYouMean(cli, known)}`, {
    where: resolve(workspace, manifestsDir),
    remedy: `${list} A new one is made with: cliparity init ${cli}`,
  });
}
