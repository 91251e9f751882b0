import type { CommandRow } from '@cliparity/model';

/** How frameworks describe the `help` command they add: clap, commander, cobra, urfave/cli, oclif, yargs. */
const FRAMEWORK_WORDS: readonly RegExp[] = [
  /^(?:print|show|display)s? (?:this message|this help|help\b|the help\b|a list of commands or help)/i,
  /\bhelp (?:about|for|of) (?:the |a |any |one |given |specific |sub-?)*(?:command|subcommand)/i,
  /\bhelp of the given subcommand/i,
  /^(?:display|show|print)s? help for /i,
  /^help$/i,
];

/** Whether a row is the framework's own `help` pseudo-command, and not a command of the program that happens to be called so. */
export function isHelpRow(row: CommandRow): boolean {
  if (row.name !== 'help') return false;
  const about = row.about?.trim() ?? '';
  return about === '' || FRAMEWORK_WORDS.some((words) => words.test(about));
}
