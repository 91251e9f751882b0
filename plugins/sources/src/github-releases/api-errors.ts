import { HttpStatusError, maskUrl } from '@cliparity/acquisition';
import { CouldNotRun } from '@cliparity/model';
import { maskToken, type Token } from './token.js';

const TOKENS = 'CLIPARITY_TOKEN, the variable that token_env names, or GITHUB_TOKEN';

/** GITHUB_ANSWER_INVALID: something other than GitHub's API answered. */
export function invalidAnswer(url: string, cause?: unknown): CouldNotRun {
  return new CouldNotRun('GITHUB_ANSWER_INVALID', `${maskUrl(url)} did not answer as GitHub’s REST API does`, {
    where: maskUrl(url),
    remedy: 'Check api_url in the source’s settings; of an Enterprise server it ends in /api/v3.',
    cause,
  });
}

/** GITHUB_TOKEN_REFUSED: what a variable holds cannot even be sent. */
export function unusableToken({ variable }: Token): CouldNotRun {
  const message = `what ${variable} holds is no token: it has spaces, line feeds or other characters that none has`;
  const remedy = `Set the token alone, without quotation marks: ${TOKENS}.`;
  return new CouldNotRun('GITHUB_TOKEN_REFUSED', message, { where: variable, remedy });
}

function isLimit({ status, headers }: HttpStatusError): boolean {
  if (status === 429) return true;
  return status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
}

function whenOf({ headers }: HttpStatusError): string {
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['retry-after'] !== undefined) return `in ${headers['retry-after']} seconds`;
  return Number.isInteger(reset) && reset > 0 ? `after ${new Date(reset * 1000).toISOString()}` : 'in an hour';
}

function limited(error: HttpStatusError, url: string, token: Token | undefined): CouldNotRun {
  const who = token === undefined ? 'without a token' : `with the token of ${token.variable}`;
  const more = token === undefined ? ` Or set a token for a higher limit: ${TOKENS}.` : '';
  return new CouldNotRun('GITHUB_RATE_LIMITED', `${maskUrl(url)} limits requests ${who} (status ${error.status})`, {
    where: maskUrl(url),
    remedy: `Try again ${whenOf(error)}.${more}`,
    cause: error,
  });
}

/** Says of an answer what it means at GitHub: GITHUB_RATE_LIMITED, GITHUB_TOKEN_REFUSED, GITHUB_NOT_FOUND; anything else comes back as it is. */
export function explained(error: unknown, url: string, token: Token | undefined): unknown {
  if (!(error instanceof HttpStatusError)) return error;
  if (isLimit(error)) return limited(error, url, token);
  const where = maskUrl(url);
  if (error.status === 401 || error.status === 403) {
    const what =
      token === undefined ? 'asks for a token' : `refuses the token ${maskToken(token.value)} of ${token.variable}`;
    const remedy = `Set a token that may read this repository’s contents: ${TOKENS}.`;
    const message = `${where} ${what} (status ${error.status})`;
    return new CouldNotRun('GITHUB_TOKEN_REFUSED', message, { where, remedy, cause: error });
  }
  if (error.status !== 404) return error;
  const hint = token === undefined ? ' A private repository needs a token.' : '';
  return new CouldNotRun('GITHUB_NOT_FOUND', `${where} is not there (status 404)`, {
    where,
    remedy: `Check repository, tag and version.${hint}`,
    cause: error,
  });
}
