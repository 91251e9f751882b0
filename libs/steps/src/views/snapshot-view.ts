import { pathText, type Result, type Snapshot } from '@cliparity/model';

export interface SnapshotShown {
  readonly cli: string;
  readonly snapshot: Snapshot;
  readonly file: string;
  /** How it came to be: `derived`, `up to date`. */
  readonly how: string;
}

const count = (snapshot: Snapshot, list: 'flags' | 'args'): number =>
  snapshot.commands.reduce((sum, command) => sum + (command[list]?.length ?? 0), 0);

/** A snapshot for people: counts, and every row that nobody could explain. */
export function snapshotView({ cli, snapshot, file, how }: SnapshotShown): Result {
  const { semantic_version: version, target_triple: target } = snapshot.binary;
  const rows = snapshot.commands.flatMap((c) => (c.unexplained ?? []).map((row) => [pathText(c.path), row]));
  const omissions = snapshot.known_omissions ?? [];
  const flags = count(snapshot, 'flags');
  const args = count(snapshot, 'args');
  return {
    kind: 'snapshot',
    schema_version: 1,
    data: {
      cli,
      version,
      target,
      file,
      how,
      commands: snapshot.commands.length,
      flags,
      args,
      unexplained: rows.length,
      known_omissions: omissions,
    },
    view: {
      headline: `${cli} ${version} on ${target}: ${snapshot.commands.length} commands, ${flags} flags, ${args} arguments (${how})`,
      tone: rows.length === 0 ? 'good' : 'warn',
      lines: [file, ...omissions.map((omission) => `omitted: ${omission}`)],
      ...(rows.length > 0 && {
        tables: [{ title: 'Rows that no rule explains', columns: [{ title: 'command' }, { title: 'row' }], rows }],
      }),
    },
  };
}
