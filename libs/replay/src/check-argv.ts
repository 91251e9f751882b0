/** `{{name}}` in a recorded word stands for what was another text in each run, such as the id of a thread. */
function wordFits(wanted: string, got: string): boolean {
  if (wanted === '*' || wanted === got) return true;
  const parts = wanted.split(/\{\{[\w.-]+\}\}/);
  if (parts.length === 1) return false;
  const quoted = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${quoted.join('[^]+')}$`).test(got);
}

/**
 * What is wrong with a command line, as a sentence; undefined when it fits. `*` fits any one word, `{{name}}` any text in a word, `...` at the end any
 * rest.
 */
export function argvProblem(wanted: readonly string[], got: readonly string[]): string | undefined {
  const open = wanted.at(-1) === '...';
  const fixed = open ? wanted.slice(0, -1) : wanted;
  const fits = fixed.every((word, at) => at < got.length && wordFits(word, got[at] ?? ''));
  if (fits && (open || got.length === fixed.length)) return undefined;
  return `called with ${JSON.stringify(got)}, and the script wants ${JSON.stringify(wanted)}`;
}
