import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a path (relative to the workspace, forward slashes) is a page that people write; which ones are is `namedInputs.prose` of nx.json. */
export function proseOf(workspace: string): (path: string) => boolean {
  const text = readFileSync(join(workspace, 'nx.json'), 'utf8');
  const { namedInputs } = JSON.parse(text) as { namedInputs: { prose: readonly string[] } };
  const patterns = namedInputs.prose.map((pattern) => pattern.replace('{workspaceRoot}/', ''));
  return (path) =>
    patterns.some((pattern) => (pattern.endsWith('/**') ? path.startsWith(pattern.slice(0, -2)) : path === pattern));
}
