import { UsageError, type ArchiveFormat } from '@cliparity/model';
import { hasMembers, type ArchiveSource } from './archive-source.js';
import { extractMember, extractSingle, type ExtractedFile } from './extract-file.js';
import { extractFolder, type ExtractedTree } from './extract-tree.js';
import { DEFAULT_LIMITS, type ExtractLimits } from './limits.js';

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

function sourceOf(request: ExtractRequest): ArchiveSource {
  const { path, format, what, signal, limits = DEFAULT_LIMITS } = request;
  return { path, format, what, signal, limits };
}

/** Takes one file out of an asset: the pinned member, else the first file that is not a directory; a bare or gz asset is the file. */
export async function extractFile(request: ExtractRequest, into: string, member?: string): Promise<ExtractedFile> {
  const source = sourceOf(request);
  return hasMembers(request.format) ? extractMember(source, into, member) : extractSingle(source, into);
}

/** Takes a folder out of an asset as a tree. Throws UsageError TREE_NEEDS_ARCHIVE for formats that hold one file only. */
export async function extractTree(
  request: ExtractRequest,
  into: string,
  tree: { readonly folder: string; readonly entry: string },
): Promise<ExtractedTree> {
  if (hasMembers(request.format)) return extractFolder(sourceOf(request), { ...tree, into });
  throw new UsageError('TREE_NEEDS_ARCHIVE', `${request.what}: a ${request.format} asset is one file, not a tree`, {
    where: request.what,
    remedy: 'Set kind to file in the source’s settings.',
  });
}
