import type { Flag } from '@cliparity/model';
import { page, section, type Renderer } from './render.js';
import { literals, narrowFlags, surfaceOf } from './render-table.js';
import type { ArgSpec, CliSpec, FlagSpec } from './spec.js';
import { wrap } from './wrap.js';

/** A row with its tags set to the right: behind the last line of the description, or below it when there is no room. */
function taggedRow(head: string, about: string, at: { tags: string; column: number; columns: number }): string[] {
  const { tags, column, columns } = at;
  const lines = wrap(about, Math.max(columns - column, 20));
  const text = lines.map((line, index) => `${(index === 0 ? head : '').padEnd(column)}${line}`);
  const last = text.at(-1) ?? '';
  if (tags === '') return text;
  if (last.length + 2 + tags.length <= columns)
    return [...text.slice(0, -1), last + tags.padStart(columns - last.length)];
  return [...text, tags.padStart(columns).padStart(column + tags.length)];
}

const flagHead = ({ long, short }: FlagSpec): string =>
  short === undefined ? `      --${long}` : `  -${short}, --${long}`;

function flagTags({ value }: FlagSpec): string {
  if (value === undefined) return '[boolean]';
  const choices =
    value.choices.length === 0 ? [] : [`[choices: ${value.choices.map((choice) => `"${choice}"`).join(', ')}]`];
  const literal = value.default === undefined ? [] : [`[default: "${value.default}"]`];
  return [value.many ? '[array]' : '[string]', ...choices, ...literal].join(' ');
}

const argUsage = ({ name, required, many }: ArgSpec): string => {
  const inner = `${name}${many ? '..' : ''}`;
  return required ? `<${inner}>` : `[${inner}]`;
};
const usage = (spec: CliSpec): string => ['prog', ...spec.args.map(argUsage)].join(' ');

function valueOf({ value }: FlagSpec): Partial<Flag> {
  if (value === undefined) return {};
  return { value_arity: 'required', ...(value.many ? { variadic: true } : {}), ...literals(value) };
}

/** yargs: no usage heading, the program's name in every command row, types as tags at the right margin. */
export const yargs: Renderer = {
  name: 'yargs',
  narrow: (spec) => narrowFlags(spec, (value) => ({ ...value, optional: false })),
  render: (spec, columns) => {
    const heads = [
      ...spec.flags.map(flagHead),
      ...spec.args.map(({ name }) => `  ${name}`),
      ...spec.commands.map(({ name }) => `  prog ${name}`),
    ];
    const place = { column: Math.max(...heads.map(({ length }) => length)) + 2, columns };
    const aliasTag = (alias: string | undefined, name: string): string =>
      alias === undefined || alias === name ? '' : `[aliases: ${alias}]`;
    return page(
      [usage(spec)],
      wrap(spec.about, columns),
      section(
        'Commands:',
        spec.commands.map(({ name, alias, about }) =>
          taggedRow(`  prog ${name}`, about, { ...place, tags: aliasTag(alias, name) }),
        ),
      ),
      section(
        'Positionals:',
        spec.args.map(({ name, many, about }) =>
          taggedRow(`  ${name}`, about, { ...place, tags: many ? '[array]' : '[string]' }),
        ),
      ),
      section(
        'Options:',
        spec.flags.map((flag) => taggedRow(flagHead(flag), flag.about, { ...place, tags: flagTags(flag) })),
      ),
    );
  },
  expected: (spec) => surfaceOf(spec, usage(spec), valueOf),
};
