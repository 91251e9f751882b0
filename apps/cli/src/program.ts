import { Argument, Command, Option } from 'commander';
import type { CommandSpec, OptionSpec } from './command-spec.js';
import { COMMANDS } from './command-table.js';

const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [
  ...(earlier ?? []),
  value,
];

/** The options every command takes, before or after its name. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  ['-C, --workspace <dir>', 'the workspace (default: found upward from here)'],
  ['--manifests <dir>', 'folder of the roots, relative to the workspace (default: cli_manifests)'],
  ['--config <file>', 'read this configuration file'],
  ['--set <path=value>', 'override one configuration key (repeatable)', 'list'],
  ['--json', 'the result as one JSON document on standard output'],
  ['--reporter <name[=file]>', 'render with this reporter, to a file when named (repeatable)', 'list'],
  ['--quiet', 'no narration on standard error'],
  ['--verbose', 'more narration, stacks of errors'],
  ['--color <when>', 'auto, always or never', 'value', 'auto'],
  ['--no-progress', 'no progress on long work'],
];

function option([flags, about, kind, fallback]: OptionSpec): Option {
  const made = new Option(flags, about);
  if (kind === 'list') made.argParser(collect);
  if (fallback !== undefined) made.default(fallback);
  return flags.startsWith('--color') ? made.choices(['auto', 'always', 'never']) : made;
}

export type Act = (spec: CommandSpec, args: readonly string[], options: Record<string, unknown>) => Promise<void>;

function addCommand(program: Command, spec: CommandSpec, act: Act): void {
  const command = program
    .command(spec.name)
    .summary(spec.summary)
    .description(`${spec.summary[0]?.toUpperCase()}${spec.summary.slice(1)}.`);
  for (const [name, about, choices] of spec.args) {
    const argument = new Argument(name, about);
    command.addArgument(choices === undefined ? argument : argument.choices([...choices]));
  }
  for (const line of spec.options) command.addOption(option(line));
  command.addHelpText('after', `\nExamples:\n${spec.examples.map((example) => `  $ ${example}`).join('\n')}\n`);
  command.action(async () =>
    act(spec, command.processedArgs.flat().filter((a) => a !== undefined) as string[], command.optsWithGlobals()),
  );
}

/** The whole command line as commander sees it. Nothing of a command’s code is loaded until it is chosen. */
export function makeProgram(act: Act): Command {
  const program = new Command('cliparity')
    .description(
      'Watch a third-party CLI’s releases, read its surface from the binary, and say what your wrapper covers.',
    )
    .usage('[options] <command>\n       cliparity --version')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError(true)
    .exitOverride();
  for (const line of GLOBAL_OPTIONS) program.addOption(option(line));
  for (const spec of COMMANDS) addCommand(program, spec, act);
  program.addHelpText(
    'after',
    '\nExamples:\n  $ cliparity report codex newest --chain\n  $ cliparity explain LOCK_VERSION_UNKNOWN\n\nExit codes: 0 done, 1 findings, 2 wrong usage or configuration, 3 could not run, 4 internal error, 130 interrupted.\n',
  );
  return program;
}
