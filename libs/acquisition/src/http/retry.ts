import { errorCodes } from '../error-code.js';

/** Statuses that another try may cure. */
const RETRYABLE_STATUS = new Set([429, 500, 502, 503, 504]);

/** Failures of the connection that another try may cure; refused connections, unknown names and bad certificates are not. */
const RETRYABLE_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);

/** Longest pause we accept from a `Retry-After`, in milliseconds. */
export const LONGEST_PAUSE_MS = 60_000;

const isRetryableStatus = (status: number): boolean => RETRYABLE_STATUS.has(status);

/** Whether a thrown error is a connection failure that another try may cure; causes are looked into. */
export function isRetryableError(error: unknown): boolean {
  return errorCodes(error).some((code) => RETRYABLE_CODES.has(code));
}

/** Milliseconds before try `attempt` + 1 (attempts count from 0): 500, 1000, 2000 … at most 30 000. No jitter: one user, one artifact. */
export function backOffMs(attempt: number): number {
  return Math.min(500 * 2 ** attempt, 30_000);
}

/** Reads `Retry-After` (RFC 9110: seconds or an HTTP date) into milliseconds from now; undefined when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/**
 * How long a server asks to be left alone: `Retry-After`, else the reset of a limit that is used up (`x-ratelimit-reset`, seconds since 1970).
 * Milliseconds from now; undefined when it says nothing.
 */
export function wantedPauseMs(
  status: number,
  headers: Readonly<Record<string, string>>,
  now: Date,
): number | undefined {
  const told = retryAfterMs(headers['retry-after'], now);
  if (told !== undefined || (status !== 403 && status !== 429)) return told;
  const reset = headers['x-ratelimit-reset'] ?? '';
  if (headers['x-ratelimit-remaining'] !== '0' || !/^\d+$/.test(reset)) return undefined;
  return Math.max(0, Number(reset) * 1000 - now.getTime());
}

/** Whether another try may cure an answer: 403 only when it is a limit, which says when it ends. */
export function isCurable(status: number, wantedMs: number | undefined): boolean {
  const limited = status === 403 && wantedMs !== undefined;
  return (isRetryableStatus(status) || limited) && (wantedMs ?? 0) <= LONGEST_PAUSE_MS;
}
