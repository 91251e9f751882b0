import type { CoverageMemo } from '@cliparity/coverage';
import type { Written } from '@cliparity/model';
import type { MergeMemo } from '@cliparity/surface';
import { surfaceReader, type SurfaceReader } from './surface-reader.js';

/**
 * What was worked out for one version and is true of the next one too: nine commands in ten are the same in two releases, and on all targets.
 * No result depends on it. It holds what the last two versions had, so that a thousand versions need no more memory than ten.
 */
export interface RootMemo {
  readonly surfaces: SurfaceReader;
  readonly merged: MergeMemo;
  readonly coverage: CoverageMemo;
  readonly written: Written;
}

/** An empty one. */
export function rootMemo(): RootMemo {
  return { surfaces: surfaceReader(), merged: new WeakMap(), coverage: {}, written: new WeakMap() };
}
