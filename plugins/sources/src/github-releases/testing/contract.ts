import { readFileSync } from 'node:fs';

type Body = string | readonly [string];
type Fields = Readonly<Record<string, Body>>;

/** One way to ask. */
export interface Endpoint {
  readonly name: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly accept?: string;
  /** Not of the API but of the site: no header is required. */
  readonly web?: boolean;
  readonly body: Body;
  readonly statuses: readonly number[];
  readonly headers: readonly string[];
}
/** The committed table of what the public documentation says. */
export interface Contract {
  readonly request_headers: { readonly required: readonly string[]; readonly optional: readonly string[] };
  readonly endpoints: readonly Endpoint[];
  readonly schemas: Readonly<Record<string, Fields>>;
}

/** The table beside the source. */
export const CONTRACT = JSON.parse(
  readFileSync(new URL('../github-rest.contract.json', import.meta.url), 'utf8'),
) as Contract;

/** The endpoint of a path, with what stands in its places; undefined when the table has none. */
export function endpointOf(
  path: string,
): { readonly endpoint: Endpoint; readonly params: readonly string[] } | undefined {
  for (const endpoint of CONTRACT.endpoints) {
    const match = new RegExp(`^${endpoint.path.replace(/\{[a-z_]+\}/g, '([^/]+)')}$`).exec(path);
    if (match !== null) return { endpoint, params: match.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}

function wrongValue(value: unknown, type: Body, at: string): string[] {
  if (Array.isArray(type)) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((item, index) => wrongValue(item, (type as [string])[0], `${at}[${index}]`));
  }
  const fields = CONTRACT.schemas[type as string];
  if (fields !== undefined) return wrongObject(value, fields, at);
  const is = value === null ? 'null' : typeof value;
  return (type as string).split('|').includes(is) ? [] : [`${at} is ${is}, not ${String(type)}`];
}

function wrongObject(value: unknown, fields: Fields, at: string): string[] {
  if (value === null || typeof value !== 'object') return [`${at} is no object`];
  return Object.entries(value).flatMap(([key, field]) => {
    const type = fields[key];
    return type === undefined ? [`${at}.${key} is not in the table`] : wrongValue(field, type, `${at}.${key}`);
  });
}

/** What an answer says that the table does not allow. */
export function wrongAnswer(
  endpoint: Endpoint,
  answer: { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body?: unknown },
): string[] {
  const strange = Object.keys(answer.headers).filter((name) => !endpoint.headers.includes(name));
  const type = answer.status === 200 ? endpoint.body : 'error';
  const checked = answer.body === undefined || Buffer.isBuffer(answer.body);
  return [
    ...(endpoint.statuses.includes(answer.status) ? [] : [`status ${answer.status} is not in the table`]),
    ...strange.map((name) => `header ${name} is not in the table`),
    ...(checked ? [] : wrongValue(answer.body, type, 'body')),
  ];
}
