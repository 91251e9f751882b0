/** How much of a page is looked at. Clap's marks stand on every page, near its begin or its end. */
const WINDOW = 32_768;

const USAGE = /^(?:Usage: \S|USAGE:$)/m;
const HELP_ROW = /^ {2,4}-h, --help(?: {2,}|\n {8,})(?:Print|Prints) help\b|^Print this message or the help of/m;
const HELP_COMMAND = /^ {2,4}help {2,}(?:Print|Prints) this message or the help of/m;
const LONG_ROW = /^ {6,8}--[a-z][\w-]*(?: <|\n| {2})/m;
const LONG_ROW_OF_OTHERS = /^ {0,5}--[a-z]/m;
/** Headings of cobra and bpaf, which words its help row as old clap did. */
const OF_OTHERS = /^(?:Available (?:Commands|options|positional items)|Global Flags):$/m;
const OPTIONS_WORD = /^(?:Usage: |USAGE:\n +)\S+.*\[(?:OPTIONS|FLAGS)\]/m;
const PLACEHOLDER = /^ {2,8}-[^\n<]{0,80} <[^\n>]{1,80}>/m;

/**
 * How sure it is that clap rendered the page. Certain marks are its wording for `--help` and `help`; else the layout:
 * long-only flags stand four columns right of short ones, values in angle brackets, `[OPTIONS]` in the usage.
 */
export function detectClap(text: string): number {
  const page = text.length > 2 * WINDOW ? `${text.slice(0, WINDOW)}\n${text.slice(-WINDOW)}` : text;
  if (!USAGE.test(page) || OF_OTHERS.test(page)) return 0;
  if (HELP_ROW.test(page) || HELP_COMMAND.test(page)) return 0.95;
  if (LONG_ROW_OF_OTHERS.test(page)) return 0;
  if (!OPTIONS_WORD.test(page)) return 0;
  return (LONG_ROW.test(page) ? 0.3 : 0) + (PLACEHOLDER.test(page) ? 0.3 : 0);
}
