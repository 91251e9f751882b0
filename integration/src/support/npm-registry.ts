import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { tgzOf } from './archives.js';
import { listen, type Loopback } from './loopback.js';
import { manifestWith, put, type Place } from './place.js';

/** When the versions of the fake registry were published. */
export const PUBLISHED = '2024-05-06T07:08:09.000Z';

const integrityOf = (bytes: Uint8Array): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

/** Answers as an npm registry that has one package, `fake`, with one tarball for each version. */
export function registryOf(url: string, tarballs: Readonly<Record<string, Uint8Array>>): RequestListener {
  const versions = Object.entries(tarballs).map(([version, bytes]) => {
    const dist = { tarball: `${url}/fake/-/fake-${version}.tgz`, integrity: integrityOf(bytes) };
    return [version, { name: 'fake', version, dist }] as const;
  });
  const time = Object.fromEntries(versions.map(([version]) => [version, PUBLISHED]));
  const packument = JSON.stringify({ name: 'fake', versions: Object.fromEntries(versions), time });
  return (request, response) => {
    if (request.url === '/fake')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(packument);
    const version = /^\/fake\/-\/fake-(.+)\.tgz$/.exec(request.url ?? '')?.[1];
    const bytes = version === undefined ? undefined : tarballs[version];
    if (bytes === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  };
}

/** The sources of a root that watches that package. */
export const NPM_SOURCES = [
  {
    use: 'npm',
    settings: { package: 'fake', binary: 'fake', layouts: [{ fits: '*', spec: '{version}', member: 'bin/{binary}' }] },
  },
];

/** The tarball of a program, as npm packs it. */
export const packed = (program: Uint8Array): Promise<Buffer> => tgzOf([{ name: 'package/bin/fake', text: program }]);

/** Points npm, in this place's workspace, and the root's manifest at a registry on loopback. */
export async function useRegistry(place: Place, changes: object = {}): Promise<Loopback> {
  const loopback = await listen();
  put(join(place.workspace, 'package.json'), { private: true });
  put(join(place.workspace, '.npmrc'), `registry=${loopback.url}/\n`);
  put(join(place.root, 'cliparity.json'), manifestWith({ sources: NPM_SOURCES, ...changes }));
  return loopback;
}

/** As `registryOf` with version 1.0.0, where the document says more about it under `dist`. */
export function withDist(
  url: string,
  said: { readonly tarball: Uint8Array; readonly more: object; readonly plain: RequestListener },
): RequestListener {
  const { tarball, more, plain } = said;
  const dist = { tarball: `${url}/fake/-/fake-1.0.0.tgz`, integrity: integrityOf(tarball), ...more };
  const versions = { '1.0.0': { name: 'fake', version: '1.0.0', dist } };
  const document = JSON.stringify({ name: 'fake', versions, time: { '1.0.0': PUBLISHED } });
  return (request, response) =>
    request.url === '/fake'
      ? void response.writeHead(200, { 'content-type': 'application/json' }).end(document)
      : plain(request, response);
}
