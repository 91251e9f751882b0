import type { Flag } from '@cliparity/model';
import { page, section, type Renderer } from './render.js';
import { literals, narrowFlags, surfaceOf } from './render-table.js';
import type { CliSpec, FlagSpec } from './spec.js';
import { tableRow, wrap } from './wrap.js';

const type = (flag: FlagSpec): string => (flag.value?.many === true ? 'strings' : 'string');

function head(flag: FlagSpec): string {
  const names = flag.short === undefined ? `    --${flag.long}` : `-${flag.short}, --${flag.long}`;
  return flag.value === undefined ? names : `${names} ${type(flag)}`;
}

const text = ({ about, value }: FlagSpec): string =>
  value?.default === undefined ? about : `${about} (default "${value.default}")`;

const usage = (spec: CliSpec): string =>
  ['prog', ...spec.args.map(({ name, many }) => `<${name}>${many ? '...' : ''}`), '[flags]'].join(' ');

function valueOf({ value }: FlagSpec): Partial<Flag> {
  if (value === undefined) return {};
  const list = value.many ? { repeatable: true } : {};
  return { value_name: value.many ? 'strings' : 'string', value_arity: 'required', ...literals(value), ...list };
}

/** Cobra with wrapped flag usages; arguments are shown by the usage line alone. */
export const cobra: Renderer = {
  name: 'cobra',
  narrow: (spec) => ({
    ...narrowFlags(spec, (value) => ({ ...value, optional: false, choices: [] })),
    commands: spec.commands.map((command) => ({ ...command, alias: undefined })),
    args: [],
  }),
  render: (spec, columns) => {
    const flags = { indent: 2, column: Math.max(...spec.flags.map((flag) => head(flag).length)) + 5, columns };
    const commands = {
      indent: 2,
      column: Math.max(11, ...spec.commands.map(({ name }) => name.length)) + 3,
      columns: 1e6,
    };
    return page(
      wrap(spec.about, columns),
      ['Usage:', `  ${usage(spec)}`],
      section(
        'Available Commands:',
        spec.commands.map(({ name, about }) => tableRow(name, about, commands)),
      ),
      section(
        'Flags:',
        spec.flags.map((flag) => tableRow(head(flag), text(flag), flags)),
      ),
      ['Use "prog [command] --help" for more information about a command.'],
    );
  },
  expected: (spec) => surfaceOf(spec, usage(spec), valueOf),
};
