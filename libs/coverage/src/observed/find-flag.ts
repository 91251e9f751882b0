import type { UnionCommand, UnionFlag } from '@cliparity/model';

/** A flag as a word of an argv names it. */
export interface FoundFlag {
  /** The command that has the flag. */
  readonly path: readonly string[];
  readonly flag: UnionFlag;
  /** The value that stands in the same word (`--x=v`, `-xv`); undefined when there is none. */
  readonly attached?: string;
}

const names = (flag: UnionFlag): readonly string[] => [
  ...[flag.key, flag.long, flag.short].filter((name) => name !== undefined),
  ...(flag.aliases ?? []),
  ...(flag.negatable === true && flag.long !== undefined ? [flag.long.replace(/^--/, '--no-')] : []),
];

/** The flag of that spelling, at the command itself or at the nearest command above it (whose flags hold below it too). */
function spelt(spelling: string, commands: readonly UnionCommand[]): FoundFlag | undefined {
  for (const { path, flags = [] } of commands) {
    const flag = flags.find((one) => names(one).includes(spelling));
    if (flag !== undefined) return { path, flag };
  }
  return undefined;
}

/** The flags of a word of several short ones (`-abc`, `-ofile`); undefined when one of the letters is unknown. */
function cluster(word: string, commands: readonly UnionCommand[]): readonly FoundFlag[] | undefined {
  const found: FoundFlag[] = [];
  for (let i = 1; i < word.length; i += 1) {
    const one = spelt(`-${word.charAt(i)}`, commands);
    if (one === undefined) return undefined;
    const rest = word.slice(i + 1);
    if (one.flag.takes_value && rest !== '') return [...found, { ...one, attached: rest.replace(/^=/, '') }];
    found.push(one);
  }
  return found;
}

/**
 * The flags that one word of an argv names: one, or several short ones.
 * @param commands the command that the words before it lead to, then those above it
 * @returns undefined for a word that the upstream’s surface does not know
 */
export function findFlags(word: string, commands: readonly UnionCommand[]): readonly FoundFlag[] | undefined {
  const whole = spelt(word, commands);
  if (whole !== undefined) return [whole];
  const cut = word.indexOf('=');
  const before = cut < 0 ? undefined : spelt(word.slice(0, cut), commands);
  if (before !== undefined) return [{ ...before, attached: word.slice(cut + 1) }];
  return /^-[^-]./.test(word) ? cluster(word, commands) : undefined;
}
