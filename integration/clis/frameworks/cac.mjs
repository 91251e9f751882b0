// As commander.mjs, by the real cac, which prints to the console only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, file] = process.argv.slice(2);
const { cac } = await import(pathToFileURL(join(modules, 'cac/dist/index.js')).href);
const print = console.log;
const lines = [];
console.log = console.info = (line) => lines.push(line);

const placeholder = ({ name, optional }) => (optional ? ` [${name}]` : ` <${name}>`);
const argOf = ({ name, required, many }) => `${required ? '<' : '['}${many ? '...' : ''}${name}${required ? '>' : ']'}`;

for (const spec of JSON.parse(readFileSync(file, 'utf8'))) {
  const cli = cac('prog');
  cli.command(spec.args.map(argOf).join(' '), spec.about);
  for (const { name, aliases, about } of spec.commands) {
    const command = cli.command(name, about);
    aliases.forEach((alias) => command.alias(alias));
  }
  for (const { long, short, about, value } of spec.flags) {
    const names = short === undefined ? `--${long}` : `-${short}, --${long}`;
    const literal = value?.default === undefined ? {} : { default: value.default };
    cli.option(`${names}${value === undefined ? '' : placeholder(value)}`, about, literal);
  }
  lines.length = 0;
  cli.parse(['node', 'prog'], { run: false });
  cli.outputHelp();
  print(JSON.stringify(lines.join('\n')));
}
