import { FindingError } from '@cliparity/model';

/** What an archive may hold at most. */
export interface ExtractLimits {
  readonly members: number;
  /** Bytes of one member. */
  readonly memberBytes: number;
  /** Bytes of all members together. */
  readonly totalBytes: number;
  /** How many times its own size a compressed asset may unpack to. */
  readonly ratio: number;
}

/** Far above any release we know (382 MB the largest member, four times its size unpacked), far below what fills a disk unseen. */
export const DEFAULT_LIMITS: ExtractLimits = {
  members: 50_000,
  memberBytes: 4 * 2 ** 30,
  totalBytes: 16 * 2 ** 30,
  ratio: 50,
};

/** ARCHIVE_*: an archive that holds what no release should. */
export function archiveError(code: `ARCHIVE_${string}`, archive: string, message: string): FindingError {
  return new FindingError(code, `${archive}: ${message}`, {
    where: archive,
    remedy: 'Do not use this release before its publisher has explained it; nothing of it was kept.',
  });
}

/** Below this nobody's disk fills, and small texts may well be packed that tightly. */
const HARMLESS = 64 * 2 ** 20;

/** Bytes that an asset may unpack to: 10 GB of zeros fit into 10 MB, and no release is like that. Pure. */
export function mostUnpacked(packed: number, limits: ExtractLimits): number {
  return Math.max(HARMLESS, packed * limits.ratio);
}

/** Counts members and the bytes they say they have. Throws ARCHIVE_TOO_BIG beyond a limit; `unpacked` is the sum's, where it is less. */
export function makeMeter(
  archive: string,
  limits: ExtractLimits,
  unpacked: number = limits.totalBytes,
): { count(name: string, size: number): void } {
  const most = Math.min(unpacked, limits.totalBytes);
  let members = 0;
  let total = 0;
  return {
    count(name, size) {
      members += 1;
      total += size;
      if (members > limits.members)
        throw archiveError('ARCHIVE_TOO_BIG', archive, `more than ${limits.members} members`);
      if (size > limits.memberBytes) throw archiveError('ARCHIVE_TOO_BIG', archive, `member ${name} has ${size} bytes`);
      if (total > most) {
        throw archiveError('ARCHIVE_TOO_BIG', archive, `more than ${most} bytes at member ${name}`);
      }
    },
  };
}
