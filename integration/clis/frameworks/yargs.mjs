// As commander.mjs, by the real yargs: the page of a default command with positionals, options and commands beside it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, file, columns] = process.argv.slice(2);
const { default: yargs } = await import(pathToFileURL(join(modules, 'yargs/index.mjs')).href);

const usageOf = (args) =>
  args.map(({ name, required, many }) => (required ? `<${name}${many ? '..' : ''}>` : `[${name}${many ? '..' : ''}]`));

function optionOf({ short, aliases, about, value, required, group }) {
  const alias = [...(short === undefined ? [] : [short]), ...aliases];
  const type = value === undefined ? 'boolean' : value.many ? 'array' : 'string';
  return {
    alias,
    type,
    describe: about,
    ...(value?.choices.length > 0 ? { choices: value.choices } : {}),
    ...(value?.default === undefined ? {} : { default: value.default }),
    ...(required ? { demandOption: true } : {}),
    ...(group === undefined ? {} : { group: `${group}:` }),
  };
}

for (const spec of JSON.parse(readFileSync(file, 'utf8'))) {
  const cli = yargs([]).scriptName('prog').wrap(Number(columns)).help(false).version(false).exitProcess(false);
  for (const { name, aliases, about } of spec.commands) cli.command([name, ...aliases], about);
  cli.usage(['$0', ...usageOf(spec.args)].join(' '), spec.about, (own) => {
    for (const { name, about } of spec.args) own.positional(name, { describe: about });
  });
  for (const flag of spec.flags) cli.option(flag.long, optionOf(flag));
  console.log(JSON.stringify(await cli.getHelp()));
}
