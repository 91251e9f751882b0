import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import type { CliparityError } from '@cliparity/model';

/** What failed, where, why, and what to do next; the stack only when asked for. */
export function renderError(
  error: CliparityError,
  options: { readonly verbose: boolean; readonly color: boolean },
): string {
  const paint = createColors(options.color);
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  const lines = [
    `${paint.red(`error ${error.code}`)}: ${error.message}`,
    error.where !== undefined && !error.message.includes(error.where) ? `  where: ${error.where}` : undefined,
    cause !== undefined && !error.message.includes(cause) ? `  why: ${cause}` : undefined,
    error.remedy !== undefined ? `  next: ${error.remedy}` : undefined,
    options.verbose ? error.stack : undefined,
  ];
  const text = lines.filter((line) => line !== undefined).join('\n');
  return `${options.color ? text : stripVTControlCharacters(text)}\n`;
}
