/** What decides which blocks of a template stand. */
export type Switches = Readonly<Record<string, boolean>>;

const BLOCK = /^ *# if (\w+)\n([\s\S]*?)^ *# end \1\n/gm;

function withoutBlocks(text: string, on: Switches): string {
  const next = text.replace(BLOCK, (_, name: string, body: string) => (on[name] === true ? body : ''));
  return next === text ? text : withoutBlocks(next, on);
}

/**
 * Keeps the blocks `# if NAME … # end NAME` that are switched on (blocks of other names may stand inside) and puts the values in for
 * `{{name}}`; GitHub’s own braces have blanks inside and stay. Pure.
 */
export function fillCiTemplate(text: string, on: Switches, values: Readonly<Record<string, string>>): string {
  const filled = withoutBlocks(text, on).replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  return `${filled.trim()}\n`;
}
