import { UsageError } from '@cliparity/model';
import type { Io } from '@cliparity/plugin-api';

/** The day it is, as YYYY-MM-DD in UTC. */
export const today = (io: Pick<Io, 'now'>): string => io.now().toISOString().slice(0, 10);

/** A day that somebody typed. @throws UsageError DAY_INVALID */
export function dayOf(text: string, option: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)) return text;
  throw new UsageError('DAY_INVALID', `"${text}" is no day`, {
    where: option,
    remedy: 'Write YYYY-MM-DD, such as 2027-03-31.',
  });
}
