import { CouldNotRun, compareBytes, compareFlags, comparePaths, flagKey } from '@cliparity/model';
import type { Arg, Command, CommandRow, Flag, Snapshot } from '@cliparity/model';
import { binaryOf } from './binary-facts.js';
import { omit } from './omit.js';
import { pathKey } from './seen.js';
import { snapshotProvenance, type ReadPage, type SnapshotParts } from './snapshot-parts.js';
import { applySupplement } from './supplements.js';
import { digestFeatureTexts, digestTexts } from './text-policy.js';
import { joinByKey, joinKnowledge } from './unit-merge.js';

/**
 * The surface of one target out of its read pages: commands by path, flags by long then short spelling, args by name (the older format's
 * order; a position is not kept). A command that its parent lists but that has no page of its own is there with what the row says.
 * Pure: the same parts give the same snapshot. Error: ROOT_PAGE_MISSING.
 */
export function assembleSnapshot(parts: SnapshotParts): Snapshot {
  const { manifest, target, features } = parts;
  const commands = commandsOf(parts);
  const supplemented = applySupplement(commands, parts.supplement, target.os);
  const omissions = [...new Set([...[...parts.omissions].sort(compareBytes), ...supplemented.omissions])];
  const digest = manifest.texts === 'digest';
  const sorted = [...supplemented.commands].sort((a, b) => comparePaths(a.path, b.path));
  return {
    snapshot_schema_version: 3,
    tool: manifest.tool,
    collected_at: parts.collectedAt,
    binary: binaryOf(parts),
    provenance: snapshotProvenance(parts),
    commands: digest ? sorted.map(digestTexts) : sorted,
    ...(features !== undefined && { features: digest ? digestFeatureTexts(features) : features }),
    ...(omissions.length > 0 && { known_omissions: omissions }),
  };
}

function commandsOf({ pages, manifest, entry, target }: SnapshotParts): Command[] {
  if (!pages.some((page) => page.path.length === 0))
    throw new CouldNotRun('ROOT_PAGE_MISSING', `The crawl of ${manifest.tool} brought no page of the root command.`, {
      where: `${entry.semantic_version} ${target.id}`,
      remedy: 'Look at what the binary prints for its root help, and at `crawl.help.root` in cliparity.json.',
    });
  const byPath = new Map<string, Command>();
  const add = (command: Command): void => {
    const key = pathKey(command.path);
    const known = byPath.get(key);
    byPath.set(key, known === undefined ? command : withUnits(joinKnowledge(known, command), known, command));
  };
  for (const page of pages) add(commandOfPage(page));
  for (const { path, surface } of pages)
    for (const row of surface.commands) add(commandOfRow([...path, row.name], row));
  return [...byPath.values()];
}

function withUnits(joined: Command, first: Command, later: Command): Command {
  const flags = sortedFlags([...(first.flags ?? []), ...(later.flags ?? [])]);
  const args = sortedArgs([...(first.args ?? []), ...(later.args ?? [])]);
  return { ...joined, ...(args.length > 0 && { args }), ...(flags.length > 0 && { flags }) };
}

function commandOfPage({ path, surface, help_sha256 }: ReadPage): Command {
  const { about, usage, unexplained } = surface;
  const flags = sortedFlags(surface.flags);
  const args = sortedArgs(surface.args);
  return {
    path: [...path],
    ...(about !== undefined && about !== '' && { about }),
    ...(usage.length > 0 && { usage }),
    ...(args.length > 0 && { args }),
    ...(flags.length > 0 && { flags }),
    help_sha256,
    ...(unexplained.length > 0 && { unexplained }),
  };
}

function commandOfRow(path: string[], row: CommandRow): Command {
  return { path, ...omit(row, 'name') };
}

function sortedFlags(flags: readonly Flag[]): Flag[] {
  return joinByKey(flags, flagKey).sort(compareFlags);
}

function sortedArgs(args: readonly Arg[]): Arg[] {
  return joinByKey(args, (arg) => arg.name).sort((a, b) => compareBytes(a.name, b.name));
}
