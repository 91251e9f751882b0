import type { Result, Union } from '@cliparity/model';

export interface UnionShown {
  readonly cli: string;
  readonly union: Union;
  readonly file: string;
  readonly how: string;
}

/** A union for people: which targets were seen, how many commands, where targets disagree. */
export function unionView({ cli, union, file, how }: UnionShown): Result {
  const [first] = union.inputs;
  const version = first?.binary.semantic_version ?? '';
  const conflicts = union.commands.flatMap((command) => command.conflicts ?? []);
  const seen = new Set(union.inputs.map((input) => input.target_triple));
  const rows = union.expected_targets.map((target) => [
    target,
    seen.has(target) ? { text: 'seen', tone: 'good' as const } : { text: 'missing', tone: 'warn' as const },
  ]);
  const data = {
    cli,
    version,
    file,
    how,
    complete: union.complete,
    targets: [...seen],
    missing_targets: union.missing_targets ?? [],
    commands: union.commands.length,
    conflicts: conflicts.length,
  };
  return {
    kind: 'union',
    schema_version: 1,
    data,
    view: {
      headline: `${cli} ${version}: ${union.commands.length} commands over ${seen.size} of ${union.expected_targets.length} targets (${how})`,
      tone: union.complete ? 'good' : 'warn',
      lines: [file, ...(conflicts.length > 0 ? [`${conflicts.length} facts differ between targets`] : [])],
      tables: [{ columns: [{ title: 'target' }, { title: 'snapshot' }], rows }],
    },
  };
}
