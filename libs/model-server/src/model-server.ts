import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '@cliparity/model';
import type { ModelScript } from '@cliparity/plugin-api';
import { createAnswerBook, type AnswerBook } from './answer-book.js';
import { API_SHAPES } from './apis.js';
import { isLoopback, loopbackHost } from './loopback.js';
import { sendAnswer } from './send-answer.js';

/** A request as it arrived. Kept in memory only: bodies hold the upstream's own instructions. */
export interface RecordedRequest {
  /** Counted from 1 over the requests for answers; 0 for any other path. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** Whether the script had an answer. */
  readonly answered: boolean;
}
export interface ModelServerOptions {
  /** 127.0.0.1 unless said; nothing but loopback is accepted. */
  readonly host?: string;
  /** Any free port unless said. */
  readonly port?: number;
  /** Told of every request after its answer was chosen. */
  readonly onRequest?: (request: RecordedRequest) => void;
}

/** A running scripted model. */
export interface ModelServer {
  readonly host: string;
  readonly port: number;
  /** The base URL to configure in a client, without a slash at its end. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** Resolves when this many requests for answers have come. */
  readonly asked: (count: number) => Promise<void>;
  /** What did not go as scripted, one sentence each: answers never asked for, requests nobody scripted. */
  readonly problems: () => readonly string[];
  /** Ends every open answer and stops listening. */
  readonly close: () => Promise<void>;
}

/** Bodies beyond this are refused. */
const LONGEST_BODY = 64 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

/** The state behind one server. */
interface Desk {
  readonly script: ModelScript;
  readonly book: AnswerBook;
  readonly requests: RecordedRequest[];
  readonly changed: Set<() => void>;
  readonly closing: AbortController;
  readonly options: ModelServerOptions;
}

/** Numbers a request before its answer is chosen, so that requests that arrive together get different numbers. */
function record(desk: Desk, request: IncomingMessage, body: string) {
  const { path: wanted } = API_SHAPES[desk.script.api];
  const path = request.url ?? '/';
  const isQuestion = request.method === 'POST' && (path.split('?')[0] ?? '').endsWith(wanted);
  const number = isQuestion ? desk.requests.filter((known) => known.number > 0).length + 1 : 0;
  const answer = isQuestion ? desk.book.take({ number, body }) : undefined;
  const recorded: RecordedRequest = {
    number,
    method: request.method ?? '',
    path,
    headers: request.headers,
    body,
    answered: answer !== undefined,
  };
  desk.requests.push(recorded);
  for (const tell of desk.changed) tell();
  desk.options.onRequest?.(recorded);
  return { recorded, answer };
}

async function handle(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const shape = API_SHAPES[desk.script.api];
  const from = request.socket.remoteAddress ?? '';
  // The Host header too: a page of another site, open in a browser here, must not reach the server under that site's name.
  if (!isLoopback(from) || !isLoopback(request.headers.host ?? '')) {
    return refuse(response, 403, shape.error('only loopback is served'));
  }
  const body = await readBody(request);
  if (body === undefined) return refuse(response, 413, shape.error('the request is too large'));
  const { recorded, answer } = record(desk, request, body);
  if (answer !== undefined) return sendAnswer(answer, response, desk.closing.signal);
  const what = recorded.number === 0 ? `${recorded.method} ${recorded.path}` : `request ${String(recorded.number)}`;
  refuse(response, recorded.number === 0 ? 404 : 501, shape.error(`nobody scripted an answer to ${what}`));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  const noPort = (cause: NodeJS.ErrnoException): UsageError =>
    new UsageError('MODEL_SERVER_NO_PORT', `Cannot listen on ${host}:${String(port)} (${cause.code ?? 'error'}).`, {
      where: `${host}:${String(port)}`,
      remedy: 'Give another port, or none to take any free one.',
      cause,
    });
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(noPort(cause)));
    try {
      server.listen(port, host, resolve);
    } catch (cause) {
      // A number that is no port.
      reject(noPort(cause as NodeJS.ErrnoException));
    }
  });
}

const problemsOf = (desk: Desk): readonly string[] => [
  ...desk.requests
    .filter(({ answered }) => !answered)
    .map(({ number, method, path }) =>
      number === 0 ? `nobody scripted ${method} ${path}` : `nobody scripted an answer to request ${String(number)}`,
    ),
  ...desk.book.unused(),
];

function askedOn(desk: Desk): ModelServer['asked'] {
  const enough = (count: number): boolean => desk.requests.filter(({ number }) => number > 0).length >= count;
  return (count) =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!enough(count)) return;
        desk.changed.delete(look);
        resolve();
      };
      desk.changed.add(look);
      look();
    });
}

/**
 * Starts a server on loopback that answers as the script says.
 * Errors: MODEL_SERVER_NOT_LOOPBACK, MODEL_SERVER_NO_PORT.
 */
export async function startModelServer(script: ModelScript, options: ModelServerOptions = {}): Promise<ModelServer> {
  const host = loopbackHost(options.host ?? '127.0.0.1');
  const desk: Desk = {
    script,
    book: createAnswerBook(script),
    requests: [],
    changed: new Set(),
    closing: new AbortController(),
    options,
  };
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    handle(desk, request, response).catch(() => response.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await listen(server, host, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    host,
    port,
    url: `http://${name}:${String(port)}${API_SHAPES[script.api].base}`,
    requests: desk.requests,
    asked: askedOn(desk),
    problems: () => problemsOf(desk),
    close: () =>
      new Promise((resolve) => {
        desk.closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
