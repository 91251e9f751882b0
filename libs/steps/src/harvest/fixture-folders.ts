import { join } from 'node:path';
import { safeName, safeVersion, workspaceLayout } from '@cliparity/manifest-store';
import type { RootContext } from '../base/root-context.js';

/** Where streams lie that may not be committed: in the workspace’s ignored part, `<cli>/<version>/<stream>.jsonl`. */
export const streamsBase = (workspace: string): string => join(workspaceLayout(workspace).own, 'streams');

/** Those of one version. */
export const streamsFolder = (workspace: string, cli: string, version: string): string =>
  join(streamsBase(workspace), safeName('root', cli), safeVersion(version));

/** Where the fixtures of one version lie, and, apart from them, its streams when the root says that they may not be committed. */
export function fixtureFolders(
  { workspace, name, manifest }: RootContext,
  version: string,
): { readonly fixtures: string; readonly streams?: string } {
  const fixtures = workspaceLayout(workspace).fixtures(name, version);
  return manifest.fixtures?.commit === false
    ? { fixtures, streams: streamsFolder(workspace, name, version) }
    : { fixtures };
}
