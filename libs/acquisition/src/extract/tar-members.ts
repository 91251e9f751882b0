import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CliparityError, Interrupted } from '@cliparity/model';
import { extract, type Header } from 'tar-stream';
import { errorCode } from '../error-code.js';
import { archiveError, makeMeter, type ExtractLimits } from './limits.js';
import { linkTarget, memberPath } from './member-path.js';
import { makeNameRegister } from './name-register.js';

/** A member that has passed every check. Its `body` must be read to the end, or left alone to be skipped. */
export interface TarMember {
  readonly kind: 'file' | 'folder' | 'link';
  readonly path: string;
  /** Bytes; 0 for what is no file. */
  readonly size: number;
  /** Permission bits only; setuid, setgid and sticky are stripped. */
  readonly mode: number;
  /** Of a link: the path of the archive it leads to. */
  readonly target?: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** An archive to read. */
export interface TarSource {
  /** The archive on disk, already verified. */
  readonly path: string;
  readonly gzip: boolean;
  /** Names the archive in messages. */
  readonly what: string;
  readonly limits: ExtractLimits;
  readonly signal: AbortSignal;
}

const KINDS: Readonly<Record<string, TarMember['kind']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'folder',
  symlink: 'link',
  link: 'link',
};

type Described = Omit<TarMember, 'body'>;

function describe(header: Header, what: string): Described {
  const type = header.type ?? 'unknown';
  const kind = KINDS[type];
  const path = memberPath(header.name, what);
  if (kind === undefined) throw archiveError('ARCHIVE_MEMBER_TYPE', what, `member ${path} is a ${type}`);
  if (path === '' && kind !== 'folder') throw archiveError('ARCHIVE_MEMBER_PATH', what, 'a member has no name');
  const common = { kind, path, mode: (header.mode ?? 0o644) & 0o777, size: kind === 'file' ? (header.size ?? 0) : 0 };
  if (kind !== 'link') return common;
  return { ...common, target: linkTarget({ path, to: header.linkname ?? '', symbolic: type === 'symlink' }, what) };
}

function readError(error: unknown, source: TarSource): unknown {
  if (source.signal.aborted) return new Interrupted();
  if (error instanceof CliparityError) return error;
  const code = errorCode(error) ?? '';
  // Errors of our own disk are not the archive's fault.
  if (/^E[A-Z]+$/.test(code)) return error;
  return archiveError('ARCHIVE_BROKEN', source.what, `cannot be read: ${(error as Error).message}`);
}

/** A member's bytes; when the archive ends inside them, that is the archive's fault and is said so. */
async function* bodyOf(entry: AsyncIterable<unknown>, source: TarSource): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of entry) yield chunk as Uint8Array;
  } catch (error) {
    throw readError(error, source);
  }
}

/**
 * The members of a tar archive, in order and in constant memory, each checked before it is handed out.
 * Throws ARCHIVE_BROKEN, ARCHIVE_TOO_BIG, ARCHIVE_MEMBER_PATH, ARCHIVE_MEMBER_TYPE, ARCHIVE_LINK or ARCHIVE_DUPLICATE.
 */
export async function* tarMembers(source: TarSource): AsyncGenerator<TarMember> {
  const { what } = source;
  const unpack = extract();
  const file = createReadStream(source.path, { signal: source.signal });
  const done = (): void => undefined;
  if (source.gzip) pipeline(file, createGunzip(), unpack, done);
  else pipeline(file, unpack, done);
  const meter = makeMeter(what, source.limits);
  const names = makeNameRegister(what);
  let count = 0;
  try {
    for await (const entry of unpack) {
      const described = describe(entry.header, what);
      meter.count(described.path, described.size);
      if (described.path !== '') names.add(described.path, described.kind === 'folder');
      count += 1;
      yield { ...described, body: bodyOf(entry, source) };
      entry.resume();
    }
  } catch (error) {
    throw readError(error, source);
  } finally {
    file.destroy();
  }
  if (count === 0) throw archiveError('ARCHIVE_BROKEN', what, 'holds no members');
}
