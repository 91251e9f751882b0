// As commander.mjs, by the real argparse (the JavaScript port), which prints defaults when it is asked to.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, file, columns] = process.argv.slice(2);
const { ArgumentDefaultsHelpFormatter, ArgumentParser, SUPPRESS } = createRequire(`${modules}/`)('argparse');

/** Python's own way to set the width is the environment's COLUMNS; the port takes it as an option. */
class Formatter extends ArgumentDefaultsHelpFormatter {
  constructor(options) {
    super({ ...options, width: Number(columns) - 2 });
  }
}

function flagOf({ about, value, required }) {
  if (value === undefined) return { help: about, action: 'store_const', const: true, default: SUPPRESS };
  const nargs = value.many ? (value.optional ? '*' : '+') : value.optional ? '?' : undefined;
  return {
    help: about,
    ...(nargs === undefined ? {} : { nargs }),
    ...(value.choices.length > 0 ? { choices: value.choices } : { metavar: value.name.toUpperCase() }),
    default: value.default ?? SUPPRESS,
    ...(required ? { required: true } : {}),
  };
}

for (const spec of JSON.parse(readFileSync(file, 'utf8'))) {
  const parser = new ArgumentParser({
    prog: 'prog',
    description: spec.about,
    add_help: false,
    formatter_class: Formatter,
  });
  for (const { name, required, many, about } of spec.args) {
    const nargs = many ? (required ? '+' : '*') : required ? undefined : '?';
    parser.add_argument(name, { help: about, default: SUPPRESS, ...(nargs === undefined ? {} : { nargs }) });
  }
  const groups = new Map();
  for (const flag of spec.flags) {
    const { group, long, short, aliases } = flag;
    if (group !== undefined && !groups.has(group)) groups.set(group, parser.add_argument_group(group));
    const names = [...(short === undefined ? [] : [`-${short}`]), `--${long}`, ...aliases.map((alias) => `--${alias}`)];
    (groups.get(group) ?? parser).add_argument(...names, flagOf(flag));
  }
  if (spec.commands.length > 0) {
    const sub = parser.add_subparsers({ title: 'commands' });
    for (const { name, aliases, about } of spec.commands) sub.add_parser(name, { aliases, help: about });
  }
  console.log(JSON.stringify(parser.format_help()));
}
