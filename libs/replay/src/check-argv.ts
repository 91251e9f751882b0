/** What is wrong with a command line, as a sentence; undefined when it fits. `*` fits any one word, `...` at the end any rest. */
export function argvProblem(wanted: readonly string[], got: readonly string[]): string | undefined {
  const open = wanted.at(-1) === '...';
  const fixed = open ? wanted.slice(0, -1) : wanted;
  const fits = fixed.every((word, at) => at < got.length && (word === '*' || word === got[at]));
  if (fits && (open || got.length === fixed.length)) return undefined;
  return `called with ${JSON.stringify(got)}, and the script wants ${JSON.stringify(wanted)}`;
}
