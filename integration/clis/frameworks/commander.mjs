// Prints, for every specification of the file, the page that the real commander makes of it, one JSON string a line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, file, columns] = process.argv.slice(2);
const { Argument, Command, Option } = createRequire(`${modules}/`)('commander');

const placeholder = ({ name, optional, many }) => {
  const inner = `${name}${many ? '...' : ''}`;
  return optional ? ` [${inner}]` : ` <${inner}>`;
};

function optionOf({ long, short, about, value, env }) {
  const names = short === undefined ? `--${long}` : `-${short}, --${long}`;
  const option = new Option(`${names}${value === undefined ? '' : placeholder(value)}`, about);
  if (value?.choices.length > 0) option.choices(value.choices);
  if (value?.default !== undefined) option.default(value.default);
  if (env !== undefined) option.env(env);
  return option;
}

for (const spec of JSON.parse(readFileSync(file, 'utf8'))) {
  const program = new Command('prog').description(spec.about).helpOption(false).addHelpCommand(false);
  program.configureHelp({ helpWidth: Number(columns) });
  spec.flags.forEach((flag) => program.addOption(optionOf(flag)));
  for (const { name, required, many, about } of spec.args) {
    program.addArgument(new Argument(placeholder({ name, optional: !required, many }).trim(), about));
  }
  for (const { name, aliases, about } of spec.commands) program.command(name).aliases(aliases).description(about);
  console.log(JSON.stringify(program.helpInformation()));
}
