import { CliparityError, compareVersions, finding, SEMVER_PATTERN, type Finding } from '@cliparity/model';
import { entriesOf, isFile, type RootView } from '../engine/root-view.js';
import { compareDerived, type DerivedFile } from './derived-file.js';
import { deriveOlderMetadata, deriveOlderReports, deriveOlderUnion, type OlderVersion } from './older-derived.js';

const VERSION = new RegExp(SEMVER_PATTERN);

/** Versions of which a root has a union, oldest first. */
export function versionsWithUnion(view: RootView): readonly string[] {
  const folders = entriesOf(view, 'snapshots').filter(({ kind }) => kind === 'folder');
  const names = folders.map(({ name }) => name).filter((name) => isFile(view, `snapshots/${name}/union.json`));
  return names.filter((name) => VERSION.test(name)).sort(compareVersions);
}

/** Compares what can be derived; what cannot is a finding that says why. */
async function checkDerived(
  { view, prefix }: OlderVersion,
  path: string,
  derive: () => Promise<readonly DerivedFile[]>,
): Promise<readonly Finding[]> {
  try {
    return compareDerived(view, await derive(), prefix);
  } catch (error) {
    if (!(error instanceof CliparityError) || error.code === 'INTERRUPTED') throw error;
    const file = `${prefix}${path}`;
    const message = `${file} cannot be derived again: ${error.message}`;
    return [
      finding({
        code: 'DERIVED_FILE_NOT_DERIVABLE',
        message,
        file,
        help: error.remedy,
        details: { code: error.code, where: error.where },
      }),
    ];
  }
}

/** `union --check` of one version of an older root. */
export function unionCheck(at: OlderVersion): Promise<readonly Finding[]> {
  return checkDerived(at, `snapshots/${at.version}/union.json`, async () => [await deriveOlderUnion(at)]);
}

/** `report --check` of one version of an older root; reports that follow from nothing any more are named too. */
export async function reportCheck(at: OlderVersion): Promise<readonly Finding[]> {
  const folder = `reports/${at.version}`;
  let derived: readonly DerivedFile[] = [];
  const found = await checkDerived(at, folder, async () => (derived = await deriveOlderReports(at)));
  if (derived.length === 0) return found;
  const known = new Set(derived.map(({ path }) => path));
  const stray = entriesOf(at.view, folder)
    .map(({ name }) => `${folder}/${name}`)
    .filter((path) => /\/coverage\..+\.json$/.test(path) && !known.has(path));
  return [...found, ...stray.map((path) => strayFinding(`${at.prefix}${path}`))];
}

function strayFinding(file: string): Finding {
  const message = `${file} follows from nothing: the union of its version does not give it`;
  return finding({ code: 'DERIVED_FILE_UNEXPECTED', message, file, help: 'Delete it.' });
}

/** Whether the metadata of one version of an older root still follows from its union and the wrapper coverage. */
export function metadataCheck(at: OlderVersion): Promise<readonly Finding[]> {
  return checkDerived(at, `versions/${at.version}.json`, async () => [await deriveOlderMetadata(at)]);
}

/** All derived files of an older root against what their inputs give. */
export async function olderDerivedFindings(view: RootView, prefix: string): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const version of versionsWithUnion(view)) {
    const at = { view, prefix, version };
    found.push(...(await unionCheck(at)));
    if (view.list(`reports/${version}`).kind === 'folder') found.push(...(await reportCheck(at)));
    if (isFile(view, `versions/${version}.json`)) found.push(...(await metadataCheck(at)));
  }
  return found;
}
