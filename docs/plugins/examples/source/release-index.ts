import { TOKENS, type Io, type Source } from '@cliparity/plugin-api';
import type { ReleaseIndexSettings } from './settings.js';

/** `index.json`: version → target → the binary’s path below the folder, its size and SHA-256. */
type Index = Readonly<
  Record<string, Readonly<Record<string, { readonly path: string; readonly size: number; readonly sha256: string }>>>
>;

async function readIndex(url: string, io: Io): Promise<Index> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await io.fetch(`${url}index.json`)).body) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Index;
}

function releaseIndex({ url }: ReleaseIndexSettings): Source {
  return {
    id: 'release-index',
    revision: 1,
    async *releases(io) {
      for (const version of Object.keys(await readIndex(url, io)))
        yield { version, tag: `v${version}`, draft: false, prerelease: version.includes('-'), yanked: false };
    },
    async assets(version, targets, io) {
      const files = (await readIndex(url, io))[version] ?? {};
      return targets.flatMap(({ id: target }) => {
        const file = files[target];
        if (file === undefined) return [];
        const name = file.path.split('/').at(-1) ?? '';
        const digests = { sha256: file.sha256 };
        return [{ target, locator: url + file.path, name, size: file.size, digests, kind: 'file', format: 'bare' }];
      });
    },
    owns: (locator) => locator.startsWith(url),
    async open(locator, from, io) {
      const { status, body } = await io.fetch(locator, from > 0 ? { headers: { range: `bytes=${from}-` } } : {});
      return { start: status === 206 ? from : 0, body };
    },
  };
}
releaseIndex.inject = [TOKENS.settings];

export default releaseIndex;
