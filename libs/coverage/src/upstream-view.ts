import type { CommandPath, TargetId, Union, UnionCommand, UnionFlag } from '@cliparity/model';

/** A flag or arg as coverage sees it: a name and where it is. */
export interface UpstreamUnit {
  readonly name: string;
  readonly availableOn: readonly TargetId[];
  /** The command only repeats the root's flag: it counts at the root. */
  readonly inherited?: boolean;
}
export interface UpstreamCommand {
  readonly path: CommandPath;
  readonly availableOn: readonly TargetId[];
  readonly flags: readonly UpstreamUnit[];
  readonly args: readonly UpstreamUnit[];
}
/** What both formats of a union mean to coverage. */
export interface UpstreamView {
  readonly version: string;
  /** Every target that counts as "all", in order. */
  readonly expected: readonly TargetId[];
  /** Targets that were seen, in expected order. */
  readonly seen: readonly TargetId[];
  readonly complete: boolean;
  readonly systems: Readonly<Record<TargetId, string>>;
  readonly commands: readonly UpstreamCommand[];
}

/**
 * Whether a command's flag is the root's own, printed again: same key, same value, and the root has it wherever the command has it. Texts,
 * defaults and repeatability may differ, as they do between pages of one program. (The older format compares keys alone and so erases flags
 * that only share a name.)
 */
export function repeatsRootFlag(root: UnionFlag | undefined, flag: UnionFlag): boolean {
  return (
    root !== undefined &&
    root.takes_value === flag.takes_value &&
    root.value_name === flag.value_name &&
    flag.available_on.every((target) => root.available_on.includes(target))
  );
}

/** The place of a version 3 union, without its commands. */
export function placeOfUnion(union: Union, systems: UpstreamView['systems']): UpstreamView {
  return {
    version: union.inputs[0]?.binary.semantic_version ?? '',
    expected: union.expected_targets,
    seen: union.inputs.map((input) => input.target_triple),
    complete: union.complete,
    systems,
    commands: [],
  };
}

/** The flags of the root by key, which other commands may repeat. */
export function rootFlagsOf(root: UnionCommand | undefined): ReadonlyMap<string, UnionFlag> {
  return new Map((root?.flags ?? []).map((flag) => [flag.key, flag]));
}

/** One command of a union as coverage sees it. */
export function viewOfCommand(command: UnionCommand, rootFlags: ReadonlyMap<string, UnionFlag>): UpstreamCommand {
  return {
    path: command.path,
    availableOn: command.available_on,
    flags: (command.flags ?? []).map((flag) => ({
      name: flag.key,
      availableOn: flag.available_on,
      inherited: command.path.length > 0 && repeatsRootFlag(rootFlags.get(flag.key), flag),
    })),
    args: (command.args ?? []).map((arg) => ({ name: arg.name, availableOn: arg.available_on })),
  };
}

/** A version 3 union as coverage sees it. */
export function viewOfUnion(union: Union, systems: UpstreamView['systems']): UpstreamView {
  const rootFlags = rootFlagsOf(union.commands.find((command) => command.path.length === 0));
  return {
    ...placeOfUnion(union, systems),
    commands: union.commands.map((command) => viewOfCommand(command, rootFlags)),
  };
}
