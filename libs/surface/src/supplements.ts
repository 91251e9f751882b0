import { compareBytes } from '@cliparity/model';
import type { Command, OperatingSystem, Supplement } from '@cliparity/model';
import { pathKey } from './seen.js';

export interface Supplemented {
  readonly commands: readonly Command[];
  /** One line per entry that changed something, sorted, without repeats. */
  readonly omissions: readonly string[];
}

/**
 * Adds what the help is known not to list. An entry with `platforms` counts only on those systems (a target for any system takes all).
 * Source: reference/parity-formats.md section 2.7; the filter is declared there and implemented here.
 */
export function applySupplement(
  commands: readonly Command[],
  supplement: Supplement | undefined,
  os: OperatingSystem,
): Supplemented {
  const byPath = new Map(commands.map((command) => [pathKey(command.path), command]));
  const omissions = new Set<string>();
  for (const { path, platforms } of supplement?.commands ?? []) {
    if (platforms !== undefined && os !== 'any' && !platforms.includes(os)) continue;
    const known = byPath.get(pathKey(path));
    const same = platforms === undefined || JSON.stringify(known?.platforms) === JSON.stringify(platforms);
    if (known !== undefined && same) continue;
    byPath.set(pathKey(path), { ...(known ?? { path }), ...(platforms !== undefined && { platforms }) });
    omissions.add(`supplement/commands.json:v1:${path.join(' ')}`);
  }
  return { commands: [...byPath.values()], omissions: [...omissions].sort(compareBytes) };
}
