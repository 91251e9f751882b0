import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';

/** A member to put into a test archive; text for files. */
export type TestMember = Partial<Header> & { readonly name: string; readonly text?: string };

/** The bytes of a tar archive made of members, hostile ones included. */
export async function buildTar(members: readonly TestMember[]): Promise<Buffer> {
  const archive = pack();
  for (const { text, ...header } of members) archive.entry(header, text ?? '');
  archive.finalize();
  return buffer(archive);
}

/** `buildTar`, compressed as npm does. */
export async function buildTgz(members: readonly TestMember[]): Promise<Buffer> {
  return gzipSync(await buildTar(members));
}
