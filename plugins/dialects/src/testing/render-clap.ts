import type { Arg, Flag } from '@cliparity/model';
import { page, section, type Renderer } from './render.js';
import type { ArgSpec, CliSpec, FlagSpec } from './spec.js';
import { tableRow, wrap } from './wrap.js';

const spelled = ({ long, short }: FlagSpec): string => (short === undefined ? `    --${long}` : `-${short}, --${long}`);

function flagHead(flag: FlagSpec): string {
  const { value } = flag;
  if (value === undefined) return spelled(flag);
  const name = `<${value.name.toUpperCase()}>`;
  return `${spelled(flag)} ${value.optional ? `[${name}]` : name}${value.many && !value.optional ? '...' : ''}`;
}

const argHead = ({ name, required, many }: ArgSpec): string =>
  `${required ? `<${name.toUpperCase()}>` : `[${name.toUpperCase()}]`}${many ? '...' : ''}`;

function notes({ value, env }: FlagSpec): string[] {
  return [
    ...(env === undefined || value === undefined ? [] : [`[env: ${env}=now]`]),
    ...(value?.default === undefined ? [] : [`[default: ${value.default}]`]),
    ...(value === undefined || value.choices.length === 0 ? [] : [`[possible values: ${value.choices.join(', ')}]`]),
  ];
}

function usage(spec: CliSpec): string {
  const args = spec.args.map(argHead);
  return `Usage: ${['prog', '[OPTIONS]', ...args, ...(spec.commands.length > 0 ? ['[COMMAND]'] : [])].join(' ')}`;
}

const commandText = ({ about, alias }: CliSpec['commands'][number]): string =>
  alias === undefined ? about : `${about} [aliases: ${alias}]`;

function commandRows({ commands }: CliSpec, columns: number): string[][] {
  const column = Math.max(0, ...commands.map(({ name }) => name.length)) + 4;
  return commands.map((command) => tableRow(command.name, commandText(command), { indent: 2, column, columns }));
}

function short(spec: CliSpec, columns: number): string {
  const width = Math.max(
    ...spec.flags.map((flag) => flagHead(flag).length),
    ...spec.args.map((arg) => argHead(arg).length),
  );
  const table = { indent: 2, column: width + 4, columns };
  return page(
    wrap(spec.about, columns),
    [usage(spec)],
    section('Commands:', commandRows(spec, columns)),
    section(
      'Arguments:',
      spec.args.map((arg) => tableRow(argHead(arg), arg.about, table)),
    ),
    section(
      'Options:',
      spec.flags.map((flag) => tableRow(flagHead(flag), [flag.about, ...notes(flag)].join(' '), table)),
    ),
  );
}

const below = (text: string, columns: number): string[] => wrap(text, columns - 10).map((line) => `          ${line}`);

function long(spec: CliSpec, columns: number): string {
  const args = spec.args.map((arg) => [`  ${argHead(arg)}`, ...below(arg.about, columns), '']);
  const flags = spec.flags.map((flag) => {
    const remarks = notes(flag).flatMap((note) => below(note, columns));
    return [
      `  ${flagHead(flag)}`,
      ...below(flag.about, columns),
      ...(remarks.length > 0 ? ['          ', ...remarks] : []),
      '',
    ];
  });
  return page(
    wrap(spec.about, columns),
    [usage(spec)],
    section('Commands:', commandRows(spec, columns)),
    section('Arguments:', args),
    section('Options:', flags),
  );
}

function flagOf({ long: name, short: letter, value, env, about }: FlagSpec): Flag {
  return {
    key: `--${name}`,
    long: `--${name}`,
    ...(letter === undefined ? {} : { short: `-${letter}` }),
    takes_value: value !== undefined,
    ...(value === undefined
      ? {}
      : { value_name: value.name.toUpperCase(), value_arity: value.optional ? 'optional' : 'required' }),
    ...(value?.many === true && !value.optional ? { variadic: true, repeatable: true } : {}),
    ...(value === undefined || value.choices.length === 0 ? {} : { choices: [...value.choices] }),
    ...(value?.default === undefined ? {} : { default: value.default }),
    ...(env === undefined || value === undefined ? {} : { env }),
    about,
  };
}

const argOf = ({ name, required, many, about }: ArgSpec): Arg => ({
  name: name.toUpperCase(),
  required,
  variadic: many,
  about,
});

const clapRenderer = (name: string, render: Renderer['render']): Renderer => ({
  name,
  narrow: (spec) => spec,
  render,
  expected: (spec) => ({
    about: spec.about,
    usage: [usage(spec).slice('Usage: '.length)],
    commands: spec.commands.map(({ name: word, alias, about }) => ({
      name: word,
      ...(alias === undefined || alias === word ? {} : { aliases: [alias] }),
      about,
    })),
    flags: spec.flags.map(flagOf),
    args: spec.args.map(argOf),
    unexplained: [],
  }),
});

/** Clap's `-h`: descriptions beside heads. */
export const clapShort = clapRenderer('clap short', short);
/** Clap's `--help`: descriptions below heads. */
export const clapLong = clapRenderer('clap long', long);
