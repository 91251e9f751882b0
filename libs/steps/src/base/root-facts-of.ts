import { folderView, type RootFacts } from '@cliparity/rules';
import { systemsOf } from '../derive/report-version.js';
import type { RootContext } from './root-context.js';

/** An open root as the content rules see it: its folder, and what follows from its manifest and targets. Snapshots' provenance is not judged. */
export async function rootFactsOf(root: RootContext): Promise<RootFacts> {
  return {
    view: folderView(root.path),
    prefix: `${root.ref(root.path).name}/`,
    manifest: root.manifest,
    systems: await systemsOf(root),
  };
}
