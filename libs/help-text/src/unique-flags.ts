import type { Flag } from '@cliparity/model';
import { defined } from './defined.js';

/**
 * One flag for each key, the first. Where a later row repeats a key beside a spelling of its own
 * (`-p, --style=slash` after `--style=WORD`), that spelling is a flag for itself.
 */
export function uniqueFlags(flags: readonly Flag[]): Flag[] {
  const known = new Set<string>();
  const kept: Flag[] = [];
  for (const flag of flags) {
    const unit = known.has(flag.key) ? ownSpelling(flag, known) : flag;
    if (unit === undefined) continue;
    kept.push(unit);
    for (const spelling of spellingsOf(unit)) known.add(spelling);
  }
  return kept;
}

const spellingsOf = ({ key, short, aliases }: Flag): string[] => [
  key,
  ...(short === undefined ? [] : [short]),
  ...(aliases ?? []),
];

function ownSpelling(flag: Flag, known: ReadonlySet<string>): Flag | undefined {
  const spelling = spellingsOf(flag).find((candidate) => !known.has(candidate));
  if (spelling === undefined) return undefined;
  const name = [...spelling].length === 2 ? { short: spelling } : { long: spelling };
  const own = defined({ about: flag.about, group: flag.group, global: flag.global });
  return { key: spelling, ...name, takes_value: false, ...own };
}
