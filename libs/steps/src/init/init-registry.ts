import { gunzipSync } from 'node:zlib';
import { loadNpmSettings } from '@cliparity/acquisition';
import { compareVersions, CouldNotRun } from '@cliparity/model';
import semver from 'semver';
import type { PackageFacts } from './init-npm.js';
import type { Workbench } from '../base/workbench.js';

const LARGEST = 256 * 2 ** 20;

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LARGEST) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function versionsIn(bytes: Buffer): Readonly<Record<string, object>> | undefined {
  try {
    const { versions } = JSON.parse(bytes.toString('utf8')) as { versions?: Readonly<Record<string, object>> };
    return versions;
  } catch {
    return undefined;
  }
}

/** The manifest of the newest stable version, else of the newest; undefined when there is none. Pure. */
export function newestOf(name: string, versions: Readonly<Record<string, object>>): PackageFacts | undefined {
  const all = Object.keys(versions)
    .filter((version) => semver.valid(version) === version)
    .sort((a, b) => compareVersions(b, a));
  const newest = all.find((version) => semver.prerelease(version) === null) ?? all[0];
  return newest === undefined ? undefined : { ...versions[newest], name, version: newest };
}

/**
 * What the registry npm is configured for says about a package’s newest version.
 * @throws CouldNotRun INIT_PACKAGE_UNKNOWN and the errors of the HTTP client
 */
export async function askRegistry({ io, workspace }: Workbench, name: string): Promise<PackageFacts> {
  const npm = await loadNpmSettings({ cwd: workspace });
  const registry = npm.registryFor(name);
  const { token, auth } = npm.credentialsFor(registry);
  const credentials = token === undefined ? auth && `Basic ${io.secret(auth)}` : `Bearer ${io.secret(token)}`;
  const headers = { accept: 'application/json', ...(credentials && { authorization: credentials }) };
  const answer = await io.fetch(registry + name.replace('/', '%2f'), { headers });
  const bytes = await bytesOf(answer.body);
  // We ask for the plain text; some mirrors send their compressed copy all the same.
  const plain = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
  const facts = newestOf(name, versionsIn(plain) ?? {});
  if (facts !== undefined) return facts;
  throw new CouldNotRun('INIT_PACKAGE_UNKNOWN', `the registry tells no version of ${name}`, {
    where: name,
    remedy: 'Check --package, or leave --network out and write the layouts by hand.',
  });
}
