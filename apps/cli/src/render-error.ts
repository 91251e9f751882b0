import { plainText, type CliparityError } from '@cliparity/model';
import { createColors } from 'picocolors';

const messageOf = (cause: unknown): string | undefined => (cause instanceof Error ? cause.message : undefined);

/** What failed, where, why, and what to do next; the stack only when asked for. Upstream’s words in it can do nothing but be read. */
export function renderError(
  error: CliparityError,
  options: { readonly verbose: boolean; readonly color: boolean },
): string {
  const paint = createColors(options.color);
  const { code, message, where, remedy, stack } = error;
  const cause = messageOf(error.cause);
  const lines = [
    `${paint.red(`error ${code}`)}: ${plainText(message)}`,
    where !== undefined && !message.includes(where) ? `  where: ${plainText(where)}` : undefined,
    cause !== undefined && !message.includes(cause) ? `  why: ${plainText(cause)}` : undefined,
    remedy !== undefined ? `  next: ${plainText(remedy)}` : undefined,
    options.verbose && stack !== undefined ? plainText(stack) : undefined,
  ];
  return `${lines.filter((line) => line !== undefined).join('\n')}\n`;
}
