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
    if (Buffer.compare(state.bytes, Buffer.from(text)) === 0) return [];
    const message = `${file} differs from what its inputs give`;
    return [finding({ code: 'DERIVED_FILE_DIFFERS', message, file, help: HELP })];
  });
}

const HELP = 'Run the same command without --check, read the change, commit it.';
