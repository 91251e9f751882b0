import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeUpstream, publish } from './fake-upstream.js';
import { newFolder, put, type Place } from './place.js';

/** A workspace with these files, in which nobody has run anything. An upstream with version 1.0.0 lies beside it. */
export async function makeNewPlace(files: Readonly<Record<string, unknown>> = {}): Promise<Place> {
  const base = newFolder();
  const workspace = join(base, 'workspace');
  const place: Place = {
    base,
    workspace,
    root: join(workspace, 'cli_manifests/fake'),
    store: join(base, 'store'),
    home: join(base, 'home'),
    upstream: join(base, 'upstream'),
  };
  for (const folder of [place.workspace, place.home]) mkdirSync(folder);
  publish(place.upstream, (await makeUpstream(join(base, 'program'))).path);
  for (const [name, content] of Object.entries(files)) put(join(workspace, name), content);
  return place;
}
