import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';

/** A member of a test archive, hostile ones included. */
export type Member = Partial<Omit<Header, 'name'>> & { readonly name: string; readonly text?: string | Uint8Array };

/** The bytes of a tar archive, compressed as npm does. */
export async function tgzOf(members: readonly Member[]): Promise<Buffer> {
  const archive = pack();
  for (const { text = '', ...header } of members) archive.entry({ mode: 0o755, ...header }, Buffer.from(text));
  archive.finalize();
  return gzipSync(await buffer(archive));
}
