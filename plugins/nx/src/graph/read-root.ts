import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validatedVersions } from './baselines.js';
import { entryDigest } from './entry-digest.js';
import { isScenarioName, scenarioReader } from './recorded-scenarios.js';
import { isVersion, olderFirst } from './versions.js';

/** What the graph needs of a `cliparity.json`. */
export interface ManifestFacts {
  readonly expected: readonly string[];
  readonly required: string;
  readonly dialect: string;
  /** Ids of the source plugins in use. */
  readonly sources: readonly string[];
  /** Scenarios that the manifest names, without the root’s name before them. */
  readonly scenarios: readonly string[];
}
/** One (version, target) of the lock. */
export interface EntryFacts {
  readonly target: string;
  /** Digest of the whole entry. */
  readonly digest: string;
  readonly binarySha256: string;
}
export interface VersionFacts {
  readonly version: string;
  readonly entries: readonly EntryFacts[];
  /** Scenarios of which streams were recorded. */
  readonly scenarios: readonly string[];
}
/** A root as the graph sees it. Nothing here is checked beyond what the graph uses; the tasks read the files again, under their schemas. */
export interface RootFacts {
  /** The folder’s name. */
  readonly name: string;
  /** Relative to the workspace, with forward slashes. */
  readonly folder: string;
  readonly manifest?: ManifestFacts;
  /** Oldest first; empty when there is no lock. */
  readonly versions: readonly VersionFacts[];
  /** Oldest first. */
  readonly validated?: readonly string[];
  /** A root in the older format, which has rules and no manifest. */
  readonly older?: boolean;
  /** Why the root has no tasks, beginning with the file’s name. */
  readonly problem?: string;
}

/** A root’s folder may be a project’s name and a file’s name everywhere. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isText) : []);

/** A file of a root that the graph cannot use; the message names it. */
class Unusable extends Error {}

function readJson(workspace: string, file: string): unknown {
  let text: string;
  try {
    text = readFileSync(join(workspace, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Unusable(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new Unusable(`${file} is not JSON: ${(error as Error).message}`);
  }
}

function targetName(value: unknown, file: string): string {
  if (isText(value) && NAME.test(value)) return value;
  throw new Unusable(`${file} has ${JSON.stringify(value)} where the name of a target belongs`);
}

function manifestOf(value: unknown, file: string, name: string): ManifestFacts {
  const targets = isRecord(value) ? value['targets'] : undefined;
  if (!isRecord(value) || !isRecord(targets) || !Array.isArray(targets['expected'])) {
    throw new Unusable(`${file} lacks targets.required and targets.expected`);
  }
  const uses = Array.isArray(value['sources']) ? value['sources'] : [];
  return {
    required: targetName(targets['required'], file),
    expected: targets['expected'].map((target) => targetName(target, file)),
    dialect: isText(value['dialect']) ? value['dialect'] : 'generic',
    sources: uses.map((use) => (isRecord(use) ? use['use'] : undefined)).filter(isText),
    scenarios: textsOf(value['scenarios'])
      .map((id) => (id.startsWith(`${name}-`) ? id.slice(name.length + 1) : id))
      .filter(isScenarioName),
  };
}

function lockOf(value: unknown, file: string): readonly Omit<VersionFacts, 'scenarios'>[] {
  if (value === undefined) return [];
  const artifacts = isRecord(value) ? value['artifacts'] : undefined;
  if (!Array.isArray(artifacts)) throw new Unusable(`${file} has no list of artifacts`);
  const byVersion = new Map<string, EntryFacts[]>();
  artifacts.forEach((entry: unknown, at) => {
    const { semantic_version: version, target_triple: target, binary_sha256: binary } = isRecord(entry) ? entry : {};
    if (!isText(version) || !isText(target) || !isText(binary)) {
      throw new Unusable(`${file}: /artifacts/${at} lacks semantic_version, target_triple or binary_sha256`);
    }
    if (!isVersion(version)) throw new Unusable(`${file}: /artifacts/${at} has ${version} where a version belongs`);
    const entries = byVersion.get(version) ?? [];
    entries.push({ target: targetName(target, file), digest: entryDigest(entry), binarySha256: binary });
    byVersion.set(version, entries);
  });
  return [...byVersion]
    .map(([version, entries]) => ({ version, entries }))
    .sort((a, b) => olderFirst(a.version, b.version));
}

/**
 * Reads what the graph needs of one root. Never throws: a root that cannot be read says why and so does not take the others with it.
 * @param folder relative to the workspace, with forward slashes
 */
export function readRoot(workspace: string, folder: string): RootFacts {
  const name = folder.split('/').at(-1) ?? folder;
  const base = { name, folder, versions: [] };
  if (!NAME.test(name)) return { ...base, problem: `${folder} cannot be the name of a root` };
  try {
    const file = `${folder}/cliparity.json`;
    const value = readJson(workspace, file);
    if (value === undefined) {
      if (existsSync(join(workspace, folder, 'RULES.json'))) return { ...base, older: true };
      return { ...base, problem: `${file} does not exist` };
    }
    const lock = `${folder}/artifacts.lock.json`;
    const scenariosOf = scenarioReader(workspace, name);
    const versions = lockOf(readJson(workspace, lock), lock).map((facts) => ({
      ...facts,
      scenarios: scenariosOf(facts.version),
    }));
    const validated = validatedVersions(join(workspace, folder));
    return { ...base, manifest: manifestOf(value, file, name), versions, validated };
  } catch (error) {
    if (error instanceof Unusable) return { ...base, problem: error.message };
    throw error;
  }
}
