import { appendFileSync } from 'node:fs';
import { readJson, writeAtomic } from '@cliparity/manifest-store';
import { ModelScriptSchema, startModelServer, type RecordedRequest } from '@cliparity/model-server';
import { finding, UsageError, type Finding, type Result } from '@cliparity/model';
import type { ModelApi, ModelScript } from '@cliparity/plugin-api';
import type { Workbench } from '../base/workbench.js';

/** The words for the model APIs at the command line. */
export const SERVED_APIS: Readonly<Record<string, ModelApi>> = {
  openai: 'openai-responses',
  anthropic: 'anthropic-messages',
  chat: 'openai-chat',
};

/** What is served, and where. */
export interface ServeRequest {
  /** Absolute path of the script. */
  readonly path: string;
  /** `openai`, `anthropic` or `chat`, which the script must be written for. */
  readonly api?: string | undefined;
  readonly port?: number | undefined;
  /** Absolute path of a file that gets one JSON line per request, as it comes. Headers are left out: they carry keys. */
  readonly requests?: string | undefined;
}

async function scriptOf({ path, api }: ServeRequest): Promise<ModelScript> {
  const script = (await readJson(path, ModelScriptSchema, { as: 'settings' })) as ModelScript;
  if (api === undefined || SERVED_APIS[api] === script.api) return script;
  const known = Object.keys(SERVED_APIS);
  const wrong = known.includes(api)
    ? `${path} is a script for ${script.api}, not for ${api}.`
    : `There is no API "${api}".`;
  throw new UsageError('SERVE_API_DIFFERS', wrong, {
    where: path,
    remedy: `Give one of ${known.join(', ')}, or leave the word out: the script says it.`,
  });
}

async function requestLog(file: string | undefined): Promise<((request: RecordedRequest) => void) | undefined> {
  if (file === undefined) return undefined;
  await writeAtomic(file, '');
  return ({ number, method, path, body, answered }) =>
    appendFileSync(file, `${JSON.stringify({ number, method, path, body, answered })}\n`);
}

const mismatch = (message: string): Finding =>
  finding({
    code: 'MODEL_SCRIPT_MISMATCH',
    key: message,
    message: `The script and what was asked differ: ${message}.`,
    help: 'Script an answer for every request, and ask for every answer.',
  });

/**
 * `serve [API] SCRIPT`: is the scripted model API on loopback until the run is stopped; then says what was asked and what was not.
 * @throws UsageError SERVE_API_DIFFERS, MODEL_SERVER_NO_PORT and those of reading the script
 */
export async function serveModel(
  bench: Workbench,
  asked: ServeRequest,
): Promise<{ readonly result: Result; readonly findings: readonly Finding[] }> {
  const script = await scriptOf(asked);
  const onRequest = await requestLog(asked.requests);
  const { port } = asked;
  const server = await startModelServer(script, {
    ...(port !== undefined && { port }),
    ...(onRequest !== undefined && { onRequest }),
  });
  bench.io.emit({ type: 'note', message: `serving on ${server.url}; stop with Ctrl-C` });
  await new Promise<void>((resolve) => bench.io.signal.addEventListener('abort', () => resolve(), { once: true }));
  const findings = server.problems().map(mismatch);
  await server.close();
  const requests = server.requests.length;
  const result: Result = {
    kind: 'served',
    schema_version: 1,
    data: { requests, findings },
    view: {
      headline: `${String(requests)} requests, ${String(findings.length)} findings`,
      tone: findings.length === 0 ? 'good' : 'bad',
      lines: findings.map(({ message }) => message),
    },
  };
  return { result, findings };
}
