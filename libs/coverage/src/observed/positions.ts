import type { UnionArg, UnionCommand } from '@cliparity/model';

const VALUE_OF_FLAG = /(?:^|[\s([|])-{1,2}[\w-]+(?:=|\s+)(?:<[^>]*>|\[[^\]]*\])/g;

function placeOf(name: string, usage: string): number {
  const bare = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const at = usage.search(new RegExp(`[<[]${bare}(?:\\.\\.\\.)?[>\\]]|(?:^|\\s)${bare}(?:\\s|$)`));
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}

/**
 * The positional arguments of a command in the order in which they are typed: as its usage names them. (The union holds them by name.) The
 * first usage line that names the most of them counts.
 */
export function argsInOrder({ args = [], usage = [] }: Pick<UnionCommand, 'args' | 'usage'>): readonly UnionArg[] {
  const lines = usage.map((line) => line.replace(VALUE_OF_FLAG, ' '));
  const named = (line: string): number =>
    args.filter(({ name }) => placeOf(name, line) < Number.MAX_SAFE_INTEGER).length;
  const best = lines.reduce((kept, line) => (named(line) > named(kept) ? line : kept), lines[0] ?? '');
  return [...args].sort((a, b) => placeOf(a.name, best) - placeOf(b.name, best));
}
