import { readJson } from '@cliparity/manifest-store';
import { ModelScriptSchema, startModelServer } from '@cliparity/model-server';
import { CouldNotRun, type Result } from '@cliparity/model';
import type { ModelScript } from '@cliparity/plugin-api';
import type { Workbench } from './workbench.js';

/** `serve SCRIPT`: is the scripted model API on loopback until the run is stopped; then says what was asked and what was not. */
export async function serveModel(bench: Workbench, path: string, port?: number): Promise<Result> {
  const script = (await readJson(path, ModelScriptSchema, { as: 'settings' })) as ModelScript;
  const server = await startModelServer(script, port === undefined ? {} : { port });
  bench.io.emit({ type: 'note', message: `serving on ${server.url}; stop with Ctrl-C` });
  await new Promise<void>((resolve) => bench.io.signal.addEventListener('abort', () => resolve(), { once: true }));
  const problems = server.problems();
  await server.close();
  if (problems.length > 0) {
    throw new CouldNotRun(
      'MODEL_SCRIPT_MISMATCH',
      `the script and what was asked differ: ${JSON.stringify(problems)}`,
      {
        where: path,
        remedy: 'Script an answer for every request, and ask for every answer.',
      },
    );
  }
  const asked = server.requests.length;
  return {
    kind: 'served',
    schema_version: 1,
    data: { requests: asked },
    view: { headline: `${asked} requests answered` },
  };
}
