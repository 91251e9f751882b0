import type { Result } from '@cliparity/model';
import type { Io } from './io.js';
import type { Part } from './plugins.js';

/** A file of a root, the workspace or the store, by the name that the layout table gives it. */
export interface FileRef {
  readonly name: string;
  /** Absolute path on this machine; never enters a digest. */
  readonly path: string;
}
/** Contents by file name; undefined means the file is absent. */
export interface FileSet {
  get(name: string): Uint8Array | undefined;
  names(): readonly string[];
}
/**
 * One arrow of the chain. Up to date is one rule for all: the outputs exist and the input digests they record equal today's.
 * Not a plugin kind.
 */
export interface Step<P> extends Part {
  inputs(params: P): readonly FileRef[];
  outputs(params: P): readonly FileRef[];
  run(params: P, read: FileSet, io: Io): Promise<{ readonly write: FileSet; readonly result: Result }>;
}
