import type { PageSurface } from '@cliparity/model';
import fc from 'fast-check';
import { argparse } from './render-argparse.js';
import { clapLong, clapShort } from './render-clap.js';
import { cobra } from './render-cobra.js';
import { commander } from './render-commander.js';
import { yargs } from './render-yargs.js';
import { cliSpec } from './spec.js';

/** A page that we rendered after a framework’s documentation, and what a reader has to find on it. */
export interface RenderedPage {
  readonly text: string;
  readonly truth: PageSurface;
}

const RENDERERS = [clapShort, clapLong, cobra, argparse, commander, yargs];

/** Pages of every renderer, always the same for a seed. Their program is `prog`. */
export function renderedPages(at: {
  readonly seed: number;
  readonly count: number;
  readonly columns: number;
}): ReadonlyMap<string, readonly RenderedPage[]> {
  const specs = fc.sample(cliSpec, { seed: at.seed, numRuns: at.count });
  return new Map(
    RENDERERS.map((renderer) => [
      renderer.name,
      specs.map((any) => {
        const spec = renderer.narrow(any);
        return { text: renderer.render(spec, at.columns), truth: renderer.expected(spec) };
      }),
    ]),
  );
}
