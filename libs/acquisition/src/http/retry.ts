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

/** Whether another try may cure a status. */
export const isRetryableStatus = (status: number): boolean => RETRYABLE_STATUS.has(status);

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
