import type { ParityContext } from './parity-context.js';
import type { ParityRules } from './parity-rules.js';
import type { WrapperFile, WrapperScope } from './wrapper.js';
import { commandPathText } from './violation.js';

interface ScopedEntry {
  /** `coverage[0].flags[2]` */
  readonly index: string;
  readonly scopeKind: 'no_scope' | 'target_triples' | 'platforms';
  readonly targets: ReadonlySet<string>;
}
interface Group {
  readonly unit: 'command_path' | 'flag' | 'arg';
  readonly commandPath: string;
  readonly name: string | undefined;
  readonly entries: ScopedEntry[];
}

const UNITS = { command_path: 'command_path', flag: 'command_flag_key', arg: 'command_arg_name' } as const;

/** No two entries of one unit may speak about the same target. An empty scope speaks about none. Source: section 6, check 5. */
export function checkScopes({ rules, add }: ParityContext, file: WrapperFile): void {
  const { disallow_overlapping_scopes: disallowed, overlap_units: units } = rules.wrapper_coverage.validation;
  if (!disallowed) return;
  for (const { unit, commandPath, name, entries } of groupsOf(rules, file)) {
    if (!units.includes(UNITS[unit]) || entries.length < 2) continue;
    for (const target of rules.union.expected_targets) {
      const matching = entries.filter(({ targets }) => targets.has(target));
      if (matching.length < 2) continue;
      const indexes = matching.map(({ index }) => index);
      const said = [unit, commandPath, name].filter((part) => part !== undefined).join(' ');
      add({
        code: 'WRAPPER_SCOPE_OVERLAP',
        path: 'wrapper_coverage.json',
        message: `${said}: ${indexes.join(', ')} all speak about ${target}`,
        unit: 'wrapper_coverage',
        field: 'scope',
        command_path: commandPath,
        target_triple: target,
        ...(name !== undefined && { key_or_name: name }),
        details: {
          matching_entry_indexes: indexes,
          matching_entry_scope_kinds: matching.map(({ scopeKind }) => scopeKind),
        },
      });
    }
  }
}

function groupsOf(rules: ParityRules, { coverage }: WrapperFile): readonly Group[] {
  const groups = new Map<string, Group>();
  const put = (at: Omit<Group, 'entries'>, entry: ScopedEntry): void => {
    const key = JSON.stringify([at.unit, at.commandPath, at.name]);
    const group = groups.get(key) ?? { ...at, entries: [] };
    groups.set(key, group);
    group.entries.push(entry);
  };
  for (const [i, { path, scope, flags, args }] of coverage.entries()) {
    const commandPath = commandPathText(path);
    const index = `coverage[${String(i)}]`;
    const targets = scopeTargets(rules, scope);
    const below = (own: WrapperScope, place: string): ScopedEntry => {
      const mine = scopeTargets(rules, own);
      const both = new Set([...mine].filter((target) => targets.has(target)));
      return { index: `${index}.${place}`, scopeKind: scopeKind(own), targets: both };
    };
    put({ unit: 'command_path', commandPath, name: undefined }, { index, scopeKind: scopeKind(scope), targets });
    for (const [j, flag] of (flags ?? []).entries())
      put({ unit: 'flag', commandPath, name: flag.key }, below(flag.scope, `flags[${String(j)}]`));
    for (const [j, arg] of (args ?? []).entries())
      put({ unit: 'arg', commandPath, name: arg.name }, below(arg.scope, `args[${String(j)}]`));
  }
  return [...groups.values()];
}

function scopeKind(scope: WrapperScope): ScopedEntry['scopeKind'] {
  if ((scope?.target_triples ?? []).length > 0) return 'target_triples';
  return (scope?.platforms ?? []).length > 0 ? 'platforms' : 'no_scope';
}

function scopeTargets({ union, wrapper_coverage }: ParityRules, scope: WrapperScope): ReadonlySet<string> {
  const { expected_targets: expected, platform_mapping: systems } = union;
  if (scope === undefined || scope === null) return new Set(expected);
  const triples = scope.target_triples ?? [];
  const platforms = wrapper_coverage.scope_semantics.platforms_expand_to_expected_targets
    ? (scope.platforms ?? [])
    : [];
  return new Set(
    expected.filter(
      (target) =>
        triples.includes(target) || platforms.includes(Object.hasOwn(systems, target) ? (systems[target] ?? '') : ''),
    ),
  );
}
