import type { Flag } from '@cliparity/model';
import { page, section, type Renderer } from './render.js';
import { literals, surfaceOf } from './render-table.js';
import type { ArgSpec, CliSpec, FlagSpec } from './spec.js';
import { tableRow, wrap } from './wrap.js';

function head({ long, short, value }: FlagSpec): string {
  const names = short === undefined ? `--${long}` : `-${short}, --${long}`;
  if (value === undefined) return names;
  const inner = `${value.name}${value.many ? '...' : ''}`;
  return `${names} ${value.optional ? `[${inner}]` : `<${inner}>`}`;
}

function text({ about, value, env }: FlagSpec): string {
  const extra = [
    ...(value === undefined || value.choices.length === 0
      ? []
      : [`choices: ${value.choices.map((choice) => `"${choice}"`).join(', ')}`]),
    ...(value?.default === undefined ? [] : [`default: "${value.default}"`]),
    ...(env === undefined ? [] : [`env: ${env}`]),
  ];
  return extra.length === 0 ? about : `${about} (${extra.join(', ')})`;
}

const argUsage = ({ name, required, many }: ArgSpec): string => {
  const inner = `${name}${many ? '...' : ''}`;
  return required ? `<${inner}>` : `[${inner}]`;
};

const usage = (spec: CliSpec): string =>
  ['prog', '[options]', ...(spec.commands.length > 0 ? ['[command]'] : []), ...spec.args.map(argUsage)].join(' ');

const commandHead = ({ name, alias }: CliSpec['commands'][number]): string =>
  `${name}${alias === undefined || alias === name ? '' : `|${alias}`} [options]`;

function valueOf({ value }: FlagSpec): Partial<Flag> {
  if (value === undefined) return {};
  const many = value.many ? { variadic: true } : {};
  return { value_name: value.name, value_arity: value.optional ? 'optional' : 'required', ...many, ...literals(value) };
}

/** commander's default help. */
export const commander: Renderer = {
  name: 'commander',
  narrow: (spec) => spec,
  render: (spec, columns) => {
    const heads = [...spec.flags.map(head), ...spec.args.map(({ name }) => name), ...spec.commands.map(commandHead)];
    const table = { indent: 2, column: Math.max(...heads.map(({ length }) => length)) + 4, columns };
    return page(
      [`Usage: ${usage(spec)}`],
      wrap(spec.about, columns),
      section(
        'Arguments:',
        spec.args.map((arg) => tableRow(arg.name, arg.about, table)),
      ),
      section(
        'Options:',
        spec.flags.map((flag) => tableRow(head(flag), text(flag), table)),
      ),
      section(
        'Commands:',
        spec.commands.map((command) => tableRow(commandHead(command), command.about, table)),
      ),
    );
  },
  expected: (spec) => {
    const surface = surfaceOf(spec, usage(spec), valueOf);
    const flags = surface.flags.map((flag, at) => {
      const env = spec.flags[at]?.env;
      return env === undefined ? flag : { ...flag, env };
    });
    return { ...surface, flags };
  },
};
