import type { ArchiveFormat } from '@cliparity/model';
import { CouldNotRun, UsageError } from '@cliparity/model';
import { extractSingle, extractTarFile, type ExtractedFile } from './extract-file.js';
import { extractTarTree, type ExtractedTree } from './extract-tree.js';
import { DEFAULT_LIMITS, type ExtractLimits } from './limits.js';
import type { TarSource } from './tar-members.js';

/** An asset to unpack. */
export interface ExtractRequest {
  /** The asset on disk; its size and digest must have been checked. */
  readonly path: string;
  readonly format: ArchiveFormat;
  /** Names the asset in messages. */
  readonly what: string;
  readonly signal: AbortSignal;
  readonly limits?: ExtractLimits;
}

function tarSource(request: ExtractRequest): TarSource {
  const { path, format, what, signal, limits = DEFAULT_LIMITS } = request;
  return { path, what, signal, limits, gzip: format === 'tar.gz' || format === 'gz' };
}

const READABLE: readonly ArchiveFormat[] = ['tar.gz', 'tar', 'bare', 'gz'];

function unsupported(request: ExtractRequest): CouldNotRun {
  return new CouldNotRun('FORMAT_UNSUPPORTED', `${request.what}: the format ${request.format} cannot be unpacked yet`, {
    where: request.what,
    remedy: `Use a provider that ships one of: ${READABLE.join(', ')}.`,
  });
}

/** Takes one file out of an asset: the pinned member, else the first regular file; a bare or gz asset is the file. */
export async function extractFile(request: ExtractRequest, into: string, member?: string): Promise<ExtractedFile> {
  const source = tarSource(request);
  switch (request.format) {
    case 'tar.gz':
    case 'tar':
      return extractTarFile(source, into, member);
    case 'bare':
    case 'gz':
      return extractSingle(source, into);
    default:
      throw unsupported(request);
  }
}

/** Takes a folder out of an asset as a tree. Throws UsageError TREE_NEEDS_ARCHIVE for formats that hold one file only. */
export async function extractTree(
  request: ExtractRequest,
  into: string,
  tree: { readonly folder: string; readonly entry: string },
): Promise<ExtractedTree> {
  if (request.format === 'tar.gz' || request.format === 'tar')
    return extractTarTree(tarSource(request), { ...tree, into });
  if (!READABLE.includes(request.format)) throw unsupported(request);
  throw new UsageError('TREE_NEEDS_ARCHIVE', `${request.what}: a ${request.format} asset is one file, not a tree`, {
    where: request.what,
    remedy: 'Set kind to file in the source’s settings.',
  });
}
