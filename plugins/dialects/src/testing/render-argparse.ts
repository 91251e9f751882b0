import type { Flag } from '@cliparity/model';
import { page, section, type Renderer } from './render.js';
import { literals, narrowFlags, surfaceOf } from './render-table.js';
import type { ArgSpec, CliSpec, FlagSpec } from './spec.js';
import { tableRow, wrap } from './wrap.js';

const HELP_COLUMN = 24;

function metavar({ value }: FlagSpec): string {
  if (value === undefined) return '';
  if (value.choices.length > 0) return ` {${value.choices.join(',')}}`;
  const name = value.name.toUpperCase();
  if (value.many) return value.optional ? ` [${name} ...]` : ` ${name} [${name} ...]`;
  return value.optional ? ` [${name}]` : ` ${name}`;
}

const head = (flag: FlagSpec): string =>
  flag.short === undefined
    ? `--${flag.long}${metavar(flag)}`
    : `-${flag.short}${metavar(flag)}, --${flag.long}${metavar(flag)}`;

const argUsage = ({ name, required, many }: ArgSpec): string => {
  if (many) return required ? `${name} [${name} ...]` : `[${name} ...]`;
  return required ? name : `[${name}]`;
};

const usageParts = (spec: CliSpec): string[] => [
  ...spec.flags.map((flag) => `[${flag.short === undefined ? `--${flag.long}` : `-${flag.short}`}${metavar(flag)}]`),
  ...spec.args.map(argUsage),
];

/** argparse wraps between parts only and aligns them behind the program's name. */
function usageLines(spec: CliSpec, columns: number): string[] {
  const lines: string[] = [];
  let current = 'usage: prog';
  for (const part of usageParts(spec)) {
    if (current.length + 1 + part.length > columns && current.trim() !== '') {
      lines.push(current);
      current = '           ';
    }
    current += ` ${part}`;
  }
  return [...lines, current];
}

function valueOf({ value }: FlagSpec): Partial<Flag> {
  if (value === undefined) return {};
  const hasChoices = value.choices.length > 0;
  return {
    ...(hasChoices ? {} : { value_name: value.name.toUpperCase() }),
    value_arity: value.optional && !hasChoices ? 'optional' : 'required',
    ...(value.many && !hasChoices ? { variadic: true } : {}),
    ...literals(value),
  };
}

/** argparse before Python 3.13, with `ArgumentDefaultsHelpFormatter`. */
export const argparse: Renderer = {
  name: 'argparse',
  narrow: (spec) => ({ ...narrowFlags(spec, (value) => value), commands: [] }),
  render: (spec, columns) => {
    const table = { indent: 2, column: HELP_COLUMN, columns: columns - 2 };
    const text = ({ about, value }: FlagSpec): string =>
      value?.default === undefined ? about : `${about} (default: ${value.default})`;
    return page(
      usageLines(spec, columns - 2),
      wrap(spec.about, columns - 2),
      section(
        'positional arguments:',
        spec.args.map((arg) => tableRow(arg.name, arg.about, table)),
      ),
      section(
        'options:',
        spec.flags.map((flag) => tableRow(head(flag), text(flag), table)),
      ),
    );
  },
  expected: (spec) => surfaceOf(spec, ['prog', ...usageParts(spec)].join(' '), valueOf),
};
