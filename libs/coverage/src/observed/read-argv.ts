import type { CommandPath, Union, UnionCommand, UnitRef } from '@cliparity/model';
import { findFlags, type FoundFlag } from './find-flag.js';
import { argsInOrder } from './positions.js';

/** What one argv uses of an upstream’s surface. */
export interface ReadArgv {
  /** The command that its words lead to. */
  readonly path: CommandPath;
  /** Commands on the way, flags, arguments; each once, in the order of the words. */
  readonly units: readonly UnitRef[];
  /** Flags that the surface does not have, as spelt and without values, each with the command it was given to. */
  readonly unknown: readonly { readonly path: CommandPath; readonly word: string }[];
}

const same = (a: CommandPath, b: CommandPath): boolean => a.length === b.length && a.every((word, i) => word === b[i]);

/** Reads argv against one union: knows commands by path and, below one, by the words that lead further. */
class Reader {
  readonly units: UnitRef[] = [];
  readonly unknown: { readonly path: CommandPath; readonly word: string }[] = [];
  path: CommandPath = [];
  private given = 0;
  private onlyArgs = false;

  constructor(
    private readonly union: Union,
    private readonly words: readonly string[],
  ) {}

  read(): ReadArgv {
    for (let at = 0; at < this.words.length; at += 1) at += this.take(this.words[at] ?? '', at);
    // Every call begins at the root; it is used by one that goes no further.
    if (this.path.length === 0) this.add({ unit: 'command', path: [] });
    return { path: this.path, units: this.units, unknown: this.unknown };
  }

  /** Takes one word; answers how many words after it went with it. */
  private take(word: string, at: number): number {
    if (this.onlyArgs) return this.argument();
    if (word === '--') {
      this.onlyArgs = true;
      return 0;
    }
    if (word.startsWith('-') && word !== '-' && !/^-\d/.test(word)) return this.flag(word, at);
    const below = this.given === 0 ? this.subCommand(word) : undefined;
    if (below === undefined) return this.argument();
    this.path = below.path;
    return this.add({ unit: 'command', path: below.path });
  }

  private subCommand(word: string): UnionCommand | undefined {
    return this.union.commands.find(
      ({ path, aliases = [] }) =>
        path.length === this.path.length + 1 &&
        same(path.slice(0, -1), this.path) &&
        (path.at(-1) === word || aliases.includes(word)),
    );
  }

  private argument(): number {
    const command = this.at(this.path);
    const args = command === undefined ? [] : argsInOrder(command);
    const last = args.at(-1);
    const arg = args[this.given] ?? (last?.variadic === true ? last : undefined);
    this.given += 1;
    // A word too many says nothing about the surface: it may be a value of a flag that is not known.
    return arg === undefined ? 0 : this.add({ unit: 'arg', path: this.path, name: arg.name });
  }

  private flag(word: string, at: number): number {
    const above = this.path.map((_, i) => this.at(this.path.slice(0, i)));
    const commands = [this.at(this.path), ...above.reverse()].filter((command) => command !== undefined);
    const found = findFlags(word, commands);
    if (found === undefined) {
      this.unknown.push({ path: this.path, word: word.replace(/=.*$/su, '') });
      return 0;
    }
    for (const { path, flag } of found) this.add({ unit: 'flag', path, key: flag.key });
    const last = found.at(-1);
    return last?.flag.takes_value === true && last.attached === undefined ? this.values(last, at) : 0;
  }

  /** How many of the next words are values of a flag. */
  private values({ flag }: FoundFlag, at: number): number {
    const next = this.words.slice(at + 1);
    const isValue = (word: string): boolean => word === '-' || !word.startsWith('-');
    if (flag.value_arity === 'optional')
      return next[0] !== undefined && isValue(next[0]) && this.subCommand(next[0]) === undefined ? 1 : 0;
    if (next.length === 0) return 0;
    if (flag.variadic !== true) return 1;
    const end = next.findIndex((word, i) => i > 0 && (!isValue(word) || this.subCommand(word) !== undefined));
    return end < 0 ? next.length : end;
  }

  private at(path: CommandPath): UnionCommand | undefined {
    return this.union.commands.find((command) => same(command.path, path));
  }

  private add(ref: UnitRef): number {
    const known = this.units.some(
      ({ unit, path, key, name }) => unit === ref.unit && same(path, ref.path) && key === ref.key && name === ref.name,
    );
    if (!known) this.units.push(ref);
    return 0;
  }
}

/**
 * What an argv (without the program’s name) uses of a surface, read as the usual command-line parsers do: flags of a command hold below it,
 * `--x=v`, `-xv` and `-abc` are understood, everything after `--` is an argument. Pure and total.
 */
export function readArgv(argv: readonly string[], union: Union): ReadArgv {
  return new Reader(union, argv).read();
}
