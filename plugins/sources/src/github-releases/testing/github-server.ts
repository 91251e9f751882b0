import type { IncomingMessage } from 'node:http';
import { expect } from '@jest/globals';
import { useServers, type TestServer } from '../../test-support.js';
import { CONTRACT, endpointOf, wrongAnswer, type Endpoint } from './contract.js';

/** What the test lets the server say. A body that is no Buffer is sent as JSON. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}
/** A question that the table allows. */
export interface Question {
  readonly name: string;
  /** What stands in the places of the path. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}
/** Answers a question; undefined is 404. */
export type Script = (question: Question) => Answer | undefined;

function wrongQuestion(endpoint: Endpoint, url: URL, request: IncomingMessage): string[] {
  const { required, optional } = CONTRACT.request_headers;
  const names = Object.keys(request.headers);
  const missing = endpoint.web === true ? [] : required.filter((name) => !names.includes(name));
  const accept = endpoint.accept ?? 'application/vnd.github+json';
  const wrongAccept = endpoint.web !== true && request.headers.accept !== accept;
  return [
    ...(request.method === 'GET' ? [] : [`method ${request.method}`]),
    ...[...url.searchParams.keys()].filter((key) => !endpoint.query.includes(key)).map((key) => `query ${key}`),
    ...missing.map((name) => `no header ${name}`),
    ...(wrongAccept ? [`accept ${request.headers.accept}`] : []),
    ...names.filter((name) => ![...required, ...optional].includes(name)).map((name) => `header ${name}`),
    ...(endpoint.web === true && names.includes('authorization') ? ['a token on the site'] : []),
  ];
}

const NOT_FOUND: Answer = {
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' },
};

/** Starts GitHub on loopback for tests. What leaves the table is answered with 501 and fails `noViolations`. */
export function useGithub(): {
  start(script: Script): Promise<TestServer>;
  /** Call at the end of a test that must have kept to the table. */
  noViolations(): void;
  readonly violations: readonly string[];
} {
  const serve = useServers();
  const violations: string[] = [];
  return {
    violations,
    noViolations: () => expect(violations).toEqual([]),
    start: async (script) =>
      serve((request, response) => {
        const url = new URL(request.url ?? '/', 'http://127.0.0.1');
        const found = endpointOf(url.pathname);
        const refuse = (reasons: readonly string[]): void => {
          violations.push(...reasons.map((reason) => `${url.pathname}: ${reason}`));
          response.writeHead(501).end(reasons.join('; '));
        };
        if (found === undefined) return refuse(['path is not in the table']);
        const { endpoint, params } = found;
        const wrong = wrongQuestion(endpoint, url, request);
        if (wrong.length > 0) return refuse(wrong);
        const { name } = endpoint;
        const answer = script({ name, params, query: url.searchParams, headers: request.headers }) ?? NOT_FOUND;
        const { status = 200, headers = {}, body } = answer;
        const bad = wrongAnswer(endpoint, { status, headers, body });
        if (bad.length > 0) return refuse(bad);
        const bytes = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
        response.writeHead(status, headers).end(bytes);
      }),
  };
}
