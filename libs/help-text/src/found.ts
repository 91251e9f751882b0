import type { CommandRow, Flag } from '@cliparity/model';
import type { ListedArg } from './merge-args.js';

/** What the sections of a page have given so far, in the page's order. */
export interface Found {
  readonly commands: CommandRow[];
  readonly flags: Flag[];
  readonly args: ListedArg[];
  readonly unexplained: string[];
  readonly usage: string[];
}

/** Appends without spreading: a hostile page may have more rows than a call has room for arguments. */
export function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}
