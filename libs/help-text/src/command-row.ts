import type { CommandRow } from '@cliparity/model';
import type { CommandHead } from './command-head.js';
import { defined } from './defined.js';
import type { Facts } from './facts.js';
import { saysDeprecated } from './read-flags.js';

/** What stands beside a command's head. */
export interface CommandText {
  readonly about: string;
  readonly facts: Facts;
  readonly group: string | undefined;
}

/** Puts a command row together. A nested command's description is not its parent's. */
export function commandRow(head: CommandHead, { about, facts, group }: CommandText): CommandRow {
  const aliases = [...new Set([...head.aliases, ...(facts.aliases ?? [])])].filter((alias) => alias !== head.name);
  const isDeprecated = facts.deprecated === true || saysDeprecated(about);
  return {
    name: head.name,
    ...defined({
      aliases: aliases.length > 0 ? aliases : undefined,
      about: about === '' || head.isNested ? undefined : about,
      group,
      deprecated: isDeprecated && !head.isNested ? true : undefined,
    }),
  };
}
