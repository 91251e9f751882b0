/** Nx's own drawing of what a run would do: `nx … --graph=<file>.json`. */
export interface DrawnGraph {
  readonly tasks: {
    readonly tasks: Readonly<Record<string, unknown>>;
    readonly dependencies: Readonly<Record<string, readonly string[]>>;
  };
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The task graph as a Mermaid block: an arrow goes from what is done first to what waits for it. The same graph gives the same text. */
export function taskGraphBlock({ tasks }: DrawnGraph): string {
  const ids = Object.keys(tasks.tasks).sort(byBytes);
  const nameOf = (id: string): string => `t${ids.indexOf(id)}`;
  const arrows = ids.flatMap((id) =>
    [...(tasks.dependencies[id] ?? [])].sort(byBytes).map((needed) => `  ${nameOf(needed)} --> ${nameOf(id)}`),
  );
  return ['```mermaid', 'graph LR', ...ids.map((id) => `  ${nameOf(id)}["${id}"]`), ...arrows, '```'].join('\n');
}

const BEGIN = '<!-- task graph of codex: generated, UPDATE_README=1 npx nx test docs -->';
const END = '<!-- end of the task graph -->';

/** The page with the block between its two marks; undefined when the page has no such place. */
export function withTaskGraph(page: string, block: string): string | undefined {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from === -1 || to < from) return undefined;
  return `${page.slice(0, from)}${BEGIN}\n\n${block}\n\n${page.slice(to)}`;
}
