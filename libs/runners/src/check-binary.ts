import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { CouldNotRun } from '@cliparity/model';
import { binaryFormat, FORMAT_HEAD_BYTES, type BinaryFormat } from './binary-format.js';
import { hostText, type Host } from './host.js';

const HOME_OF: Readonly<Record<string, Host['os']>> = { elf: 'linux', macho: 'macos', pe: 'windows' };

/** Why a machine cannot execute such a file; undefined when nothing speaks against it. */
export function formatMismatch(format: BinaryFormat, host: Host): string | undefined {
  const os = HOME_OF[format.kind];
  if (os === undefined) return undefined;
  const fits = os === host.os && (format.arch === undefined || format.arch === host.arch);
  return fits
    ? undefined
    : `it is built for ${[os, format.arch].filter(Boolean).join(' ')}, this machine is ${hostText(host)}`;
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(FORMAT_HEAD_BYTES), 0, FORMAT_HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Looks at a binary before its first run. Needed because the C library hands a file of a foreign format to the shell,
 * which then fails with words of its own.
 * @throws CouldNotRun BINARY_COULD_NOT_RUN (absent), BINARY_NOT_EXECUTABLE, BINARY_WRONG_ARCHITECTURE
 */
export async function checkBinary(path: string, host: Host): Promise<void> {
  const head = await headOf(path).catch((cause: unknown) => {
    const remedy = 'Acquire it again.';
    throw new CouldNotRun('BINARY_COULD_NOT_RUN', `${path} cannot be read`, { where: path, remedy, cause });
  });
  await access(path, constants.X_OK).catch((cause: unknown) => {
    const remedy = 'Acquire it again, or check that its folder is not mounted noexec.';
    throw new CouldNotRun('BINARY_NOT_EXECUTABLE', `${path} is not executable`, { where: path, remedy, cause });
  });
  const format = binaryFormat(head);
  if (format.kind === 'unknown') {
    throw new CouldNotRun(
      'BINARY_COULD_NOT_RUN',
      `${path} is no program: ${head.length === 0 ? 'it is empty' : 'neither ELF, Mach-O, PE nor a script with #!'}`,
      {
        where: path,
        remedy: 'Check which member of the archive the lock pins; a shell would have run its text as commands.',
      },
    );
  }
  const mismatch = formatMismatch(format, host);
  if (mismatch === undefined) return;
  throw new CouldNotRun('BINARY_WRONG_ARCHITECTURE', `${path} cannot run here: ${mismatch}`, {
    where: path,
    remedy: 'Check the target that the lock pins this artifact for, or use a machine of that target.',
  });
}
