import { finding, type Finding } from '@cliparity/model';
import type { RootView } from '../engine/root-view.js';

/** A file as its inputs give it; the path is relative to the root. */
export interface DerivedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Compares derived files with the committed ones, byte for byte: one finding per file that is missing or differs.
 * @param prefix what stands before the paths in findings: the root's folder with a slash at its end
 */
export function compareDerived(view: RootView, files: readonly DerivedFile[], prefix: string): readonly Finding[] {
  return files.flatMap(({ path, text }) => {
    const state = view.read(path);
    const file = `${prefix}${path}`;
    if (state.kind !== 'file')
      return [finding({ code: 'DERIVED_FILE_MISSING', message: `${file} is missing`, file, help: HELP })];
    if (isText(state.bytes, text)) return [];
    const message = `${file} differs from what its inputs give`;
    return [finding({ code: 'DERIVED_FILE_DIFFERS', message, file, help: HELP })];
  });
}

/** Whether bytes are a text in UTF-8. */
export function isText(bytes: Uint8Array, text: string): boolean {
  if (text.length > bytes.length) return false;
  if (bytes.length > SCRATCH) return Buffer.compare(bytes, Buffer.from(text)) === 0;
  scratch ??= Buffer.alloc(SCRATCH);
  // Into memory that is there already; where the text does not fit, it is longer than the bytes.
  const size = scratch.write(text);
  return Buffer.compare(bytes, scratch.subarray(0, size)) === 0 && Buffer.byteLength(text) === size;
}
const SCRATCH = 1024 * 1024;
let scratch: Buffer | undefined;

const HELP = 'Run the same command without --check, read the change, commit it.';
