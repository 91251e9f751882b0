import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOUSE = resolve(fileURLToPath(import.meta.url), '../../../..');

interface Endpoint {
  readonly name: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly web?: boolean;
  readonly statuses: readonly number[];
}
interface Contract {
  readonly request_headers: { readonly required: readonly string[] };
  readonly endpoints: readonly Endpoint[];
  readonly schemas: Readonly<Record<'release' | 'asset' | 'repository', Readonly<Record<string, unknown>>>>;
}

const contract = JSON.parse(
  readFileSync(join(HOUSE, 'plugins/sources/src/github-releases/github-rest.contract.json'), 'utf8'),
) as Contract;

/** An asset of the fake repository. */
export interface FakeAsset {
  readonly name: string;
  readonly bytes: Buffer;
  readonly digest?: string | null;
}
/** A release of the fake repository, as the API lists it; its assets come on top. */
export interface FakeRelease {
  readonly tag: string;
  readonly assets: readonly FakeAsset[];
  readonly draft?: boolean;
  readonly prerelease?: boolean;
}
/** GitHub on loopback with one repository, `o/fake`. */
export interface FakeGithub {
  readonly answer: RequestListener;
  /** The repository’s own number; a test may let somebody else have its name. */
  repositoryId: number;
  /** Predicate types that are attested for every asset with a digest. */
  attested: readonly string[];
  /** What was asked that the table does not list, or answered so. */
  readonly violations: readonly string[];
  /** Names of endpoints asked for, and with which authorization. */
  readonly asked: readonly { readonly name: string; readonly authorization: string | undefined }[];
}

function listed<T extends object>(kind: 'release' | 'asset' | 'repository', value: T): T {
  const strange = Object.keys(value).filter((key) => contract.schemas[kind][key] === undefined);
  if (strange.length > 0) throw new Error(`the table lists no ${kind} field ${strange.join(', ')}`);
  return value;
}

const AT = '2026-01-02T03:04:05Z';

function releaseOf(release: FakeRelease): object {
  const { tag, draft = false, prerelease = false } = release;
  const assets = release.assets.map(({ name, bytes, digest = null }, index) =>
    listed('asset', {
      id: index + 1,
      name,
      state: 'uploaded',
      size: bytes.length,
      digest,
      created_at: AT,
      updated_at: AT,
    }),
  );
  return listed('release', {
    id: 1,
    tag_name: tag,
    name: tag,
    draft,
    prerelease,
    created_at: AT,
    published_at: AT,
    assets,
  });
}

function endpointOf(path: string): { endpoint: Endpoint; params: readonly string[] } | undefined {
  for (const endpoint of contract.endpoints) {
    const match = new RegExp(`^${endpoint.path.replace(/\{[a-z_]+\}/g, '([^/]+)')}$`).exec(path);
    if (match !== null) return { endpoint, params: match.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}

function wrongIn(endpoint: Endpoint, url: URL, request: IncomingMessage): string[] {
  const missing = contract.request_headers.required.filter((name) => request.headers[name] === undefined);
  return [
    ...[...url.searchParams.keys()].filter((key) => !endpoint.query.includes(key)).map((key) => `query ${key}`),
    ...(endpoint.web === true ? [] : missing.map((name) => `no header ${name}`)),
  ];
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Buffer;
}

/** Lists one release a page, so that pages matter. */
function pageOf(releases: readonly FakeRelease[], url: URL): Reply {
  const page = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  const headers = page < releases.length ? { link: `<${next.href}>; rel="next"` } : {};
  return { status: 200, headers, body: JSON.stringify(releases.slice(page - 1, page).map(releaseOf)) };
}

function attestationOf(predicateType: string): object {
  const payload = Buffer.from(JSON.stringify({ predicateType, predicate: {} })).toString('base64');
  return { repository_id: 1, bundle: { mediaType: 'x', dsseEnvelope: { payload, payloadType: 'x', signatures: [] } } };
}

interface Vouching {
  readonly repositoryId: number;
  readonly attested: readonly string[];
}

function voucherOf(name: string, { repositoryId, attested }: Vouching): Reply | undefined {
  const repository = listed('repository', { id: repositoryId, name: 'fake', full_name: 'o/fake', private: false });
  if (name === 'repository') return { status: 200, body: JSON.stringify(repository) };
  if (name !== 'attestations' || attested.length === 0) return undefined;
  return { status: 200, body: JSON.stringify({ attestations: attested.map(attestationOf) }) };
}

function replyTo(name: string, params: readonly string[], at: { url: URL; releases: readonly FakeRelease[] }): Reply {
  const { url, releases } = at;
  if (name === 'list-releases') return pageOf(releases, url);
  const release = releases.find(({ tag }) => tag === params[2]);
  if (name === 'release-by-tag' && release !== undefined)
    return { status: 200, body: JSON.stringify(releaseOf(release)) };
  const asset = release?.assets.find((one) => one.name === params[3]);
  if (name !== 'download' || asset === undefined) return { status: 404, body: '{"message":"Not Found"}' };
  return { status: 200, headers: { 'content-length': asset.bytes.length }, body: asset.bytes };
}

/** Makes one; `releases` is read at each question. What the table does not list is answered with 501. */
export function fakeGithub(releases: readonly FakeRelease[]): FakeGithub {
  const violations: string[] = [];
  const asked: { name: string; authorization: string | undefined }[] = [];
  const answer: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const found = endpointOf(url.pathname);
    const wrong = found === undefined ? ['no such path'] : wrongIn(found.endpoint, url, request);
    if (found !== undefined) asked.push({ name: found.endpoint.name, authorization: request.headers.authorization });
    violations.push(...wrong.map((reason) => `${url.pathname}: ${reason}`));
    if (found === undefined || wrong.length > 0) return void response.writeHead(501).end(wrong.join('; '));
    const { name } = found.endpoint;
    const reply = voucherOf(name, github) ?? replyTo(name, found.params, { url, releases });
    const { status, headers = {}, body } = reply;
    if (!found.endpoint.statuses.includes(status)) violations.push(`${url.pathname}: status ${status}`);
    response.writeHead(status, headers).end(body);
  };
  const github: FakeGithub = { answer, violations, asked, repositoryId: 1, attested: [] };
  return github;
}
